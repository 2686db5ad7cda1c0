using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// Companies hear what became of their grants. The news are in the ledger since the change that made them; here each company is told in their order, behind all answers, and what was told is kept with the
/// context. A silo that is lost before it has kept that tells once more, under the same id. Of somebody who is not in memory housekeeping tells.
/// </summary>
internal sealed partial class CustomerGrain : IDisposable
{
    private readonly INewsSender _news;

    /// <summary>Ends every try to tell: nobody hears anything after an erasure has gone on, a grain that left memory keeps nobody waiting for its turn, and none is kept in a silo that stops.</summary>
    private readonly CancellationTokenSource _newsEnd;

    /// <summary>Who tells each company, so that one whose receiver is down holds up no other.</summary>
    private readonly Dictionary<TenantId, RepeatedWork> _newsTo = [];

    private bool WantsNews(GrantNews news) => _news.ReceiverOf(news) is not null;

    private IEnumerable<GrantNews> Untold(ConsentState consent) => NewsRules.Untold(consent, _context.Visible.Told);

    /// <summary>Called when the grain has left memory, after <see cref="OnDeactivateAsync"/>.</summary>
    public void Dispose() => _newsEnd.Dispose();

    public async Task<int> TellNewsAgain(TenantId tenant, DateTimeOffset from)
    {
        await _context.Ready();
        var consent = await GetConsent();
        var now = _time.GetUtcNow();
        var again = NewsRules.Again(consent, _context.Pending.Told, tenant, from, now);
        if (!again.IsEmpty && consent.ErasedAt is null)
        {
            // Before it is kept: should the silo be lost, housekeeping tells them. What it would come back for sooner is not put off.
            await ComeBack(new[] { now + Limits.News.FirstRetry, MailDue(now), _changeAt > now ? _changeAt : null }.Min()!.Value);
            await _context.Ready();
            await _context.Save(_context.Pending with { Told = _context.Pending.Told.RemoveRange(again) });
            NewsTo(tenant).Soon();
        }

        return again.Length;
    }

    /// <summary>Begins to tell what a change has just made.</summary>
    private void TellNews(ConsentState consent)
    {
        foreach (var tenant in Untold(consent).Select(news => news.Tenant).Distinct().ToArray())
        {
            NewsTo(tenant).Soon();
        }
    }

    /// <summary>Begins to tell what a silo that is gone left behind.</summary>
    private void ResumeNews(ConsentState consent)
    {
        if (consent.News.IsEmpty || _newsEnd.IsCancellationRequested)
        {
            return;
        }

        foreach (var tenant in Untold(consent).Select(news => news.Tenant).Where(tenant => !_newsTo.ContainsKey(tenant)).Distinct().ToArray())
        {
            NewsTo(tenant).Soon();
        }
    }

    /// <summary>
    /// One last try before an erasure forgets everything. A receiver that does not answer holds it up no longer than one answer may take. When this returns no call is under way, and none will be.
    /// </summary>
    private async Task TellLastNews()
    {
        var tenants = Untold(await GetConsent()).Select(news => news.Tenant).Distinct().ToArray();
        try
        {
            await Task.WhenAll(tenants.Select(TellLast)).WaitAsync(Limits.News.Spread + Limits.News.SendTimeout, _time);
        }
        catch (TimeoutException error)
        {
            _failures.Note("telling a company of an erasure", error);
        }

        await _newsEnd.CancelAsync();
        await Task.WhenAll(_newsTo.Values.Select(work => work.Run()));
        foreach (var news in Untold(await GetConsent()))
        {
            _news.GiveUp(news);
        }
    }

    /// <summary>Nobody is told again of who is erased.</summary>
    private Task ForgetNews(IEnumerable<TenantId> tenants) => Task.WhenAll(tenants.Distinct().Select(tenant => IndexOf(tenant).Forget(_customer)));

    private INewsIndexGrain IndexOf(TenantId tenant) => GrainFactory.GetGrain<INewsIndexGrain>(NewsIndexKeys.Of(tenant, _customer));

    /// <summary>Twice at most: the first run may have been under way with older news.</summary>
    private async Task TellLast(TenantId tenant)
    {
        if (!await NewsTo(tenant).Run() && !_newsEnd.IsCancellationRequested)
        {
            await NewsTo(tenant).Run();
        }
    }

    private RepeatedWork NewsTo(TenantId tenant) => _newsTo.TryGetValue(tenant, out var known)
        ? known
        : _newsTo[tenant] = new RepeatedWork(this, "telling a company of grants", () => TellNews(tenant), _failures);

    /// <summary>In order at each of the company's receivers: what one of them does not take holds up no other.</summary>
    private async Task TellNews(TenantId tenant)
    {
        await _context.Ready();
        var (held, refusal) = (new HashSet<string?>(), default(NewsNotSentException));
        while (!_newsEnd.IsCancellationRequested && Untold(await GetConsent()).FirstOrDefault(news => news.Tenant == tenant && !held.Contains(_news.ReceiverOf(news))) is { } news)
        {
            if (NewsRules.HasLapsed(news, _time.GetUtcNow()))
            {
                _news.GiveUp(news);
            }
            else
            {
                // Noted first, so that whatever was told can be told again. Of who is erased nothing is noted any more.
                if (!IsErased && WantsNews(news))
                {
                    await IndexOf(tenant).Note(_customer, news.At);
                }

                var receiver = _news.ReceiverOf(news);
                try
                {
                    await _news.Send(_customer, news, _newsEnd.Token);
                }
                catch (NewsNotSentException error)
                {
                    held.Add(receiver);
                    refusal ??= error;
                    continue;
                }
                catch (OperationCanceledException) when (_newsEnd.IsCancellationRequested)
                {
                    return;
                }
            }

            await _context.Ready();
            var consent = _session.Latest ?? throw new LedgerUnavailableException("The ledger has to be read again.");
            if (consent.News.Contains(news))
            {
                await _context.Save(_context.Pending with { Told = NewsRules.Told(_context.Pending.Told, news, consent) });
            }
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    /// <summary>When housekeeping has to come back for news that are not told yet; absent if there are none.</summary>
    private DateTimeOffset? NewsDue(ConsentState consent, DateTimeOffset now) =>
        Untold(consent).GroupBy(news => news.Tenant).Select(news => (DateTimeOffset?)NewsRules.RetryAt(news.First(), now)).Min();
}
