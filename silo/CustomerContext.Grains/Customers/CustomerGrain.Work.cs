using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// The queues of companies know what waits of the customer as far as ATTENTION is granted: they are told after signals and after each change of consent, before either is answered. So what is taken back
/// is gone from the queue when the customer hears that it is taken back.
/// </summary>
internal sealed partial class CustomerGrain
{
    private readonly WorkIds _workIds;

    /// <summary>What each company's queue was told since the grain came into memory, and who tells it: each by itself, so that a queue that is not there holds up no other.</summary>
    private readonly Dictionary<TenantId, WorkTelling> _told = [];

    /// <summary>When the last change wanted its customer looked after; absent if none did since the grain came into memory.</summary>
    private DateTimeOffset? _changeAt;

    public async Task TellWork()
    {
        var companies = WorkReaders(await GetConsent());
        foreach (var telling in companies.Select(TellingOf))
        {
            // What the queue was told last is not known: consent may have changed since.
            telling.IsConsentNew |= telling.Told is null;
            telling.Told = null;
        }

        await TellQueues(companies);
    }

    /// <summary>Tells the queues after a change of consent.</summary>
    private Task TellQueuesOf(ConsentView changed)
    {
        var companies = WorkReaders(changed);
        foreach (var telling in companies.Select(TellingOf))
        {
            telling.IsConsentNew = true;
        }

        return TellQueues(companies);
    }

    /// <summary>The companies whose queue may know of the customer: a grant of any facet may have been one of ATTENTION before it was changed.</summary>
    private TenantId[] WorkReaders(ConsentState consent) => [.. consent.Grants.Select(grant => grant.Tenant).Concat(_told.Keys).Distinct()];

    /// <summary>The companies for which a change of consent may change what waits: that of the grant which it was about, or all.</summary>
    private TenantId[] WorkReaders(ConsentView view) => view.Grant is { } grant ? [grant.Tenant] : WorkReaders(view.Consent);

    /// <summary>The companies for whom signals may change what waits: those that sent them, and those whose interactions they tell of, as far as they may know of it.</summary>
    private static IEnumerable<TenantId> WorkSenders(ConsentState consent, ImmutableArray<ScoredSignal> signals) =>
        signals.Select(signal => signal.Signal is OutcomeSignal outcome ? outcome.Company : signal.Signal.Source.Tenant)
            .OfType<TenantId>()
            .Where(tenant => consent.Grants.Any(grant => grant.Tenant == tenant && grant.Facets.Contains(Facet.Attention)));

    /// <summary>Before consent changes of somebody whose work a queue may have, or who may be on a list of contacts, or so that a company is to hear of it: should the silo be lost before they are told, the customer is looked after a little later, and tells them then.</summary>
    private async Task TellLater(ConsentState before, ConsentState after)
    {
        var isTold = ContactRules.MayBeContacted(before) || before.Grants.Any(grant => grant.RevokedAt is null && grant.Facets.Contains(Facet.Attention));
        if (before.ErasedAt is null && (isTold || NewsRules.Makes(before, after, WantsNews, _time.GetUtcNow())))
        {
            _changeAt = _time.GetUtcNow() + Limits.Attention.ToldLater;
            await _records.Times.SetAsync(_customer, _changeAt.Value);
        }
    }

    /// <summary>Tells these companies' queues what they do not know. A company's work is made of its own signals, so those of others change nothing for it.</summary>
    /// <exception cref="StateUnavailableException">One could not be told. It will be; the others have been.</exception>
    private async Task TellQueues(IEnumerable<TenantId> companies)
    {
        var told = await Task.WhenAll(companies.Distinct().Select(tenant => TellingOf(tenant).Work.Run()));
        if (told.Contains(false))
        {
            throw new StateUnavailableException();
        }
    }

    private WorkTelling TellingOf(TenantId tenant) => _told.TryGetValue(tenant, out var known)
        ? known
        : _told[tenant] = new WorkTelling(new RepeatedWork(this, "telling a queue of work", () => Tell(tenant), _failures));

    private async Task Tell(TenantId tenant)
    {
        await _context.Ready();
        var consent = await GetConsent();
        var now = _time.GetUtcNow();
        var (works, isGranted) = WorkOf(consent, tenant, now);
        var telling = _told[tenant];
        var next = WorkRules.Put(telling.Told ?? WorkShard.Empty, _customer, works, now);
        var isConsentNew = telling.IsConsentNew;
        if (ReferenceEquals(next, telling.Told) && isGranted == telling.IsGranted && !(isGranted && isConsentNew))
        {
            return;
        }

        telling.IsConsentNew = false;
        try
        {
            await Put(tenant, WorkOrder(consent), works, isGranted && !isConsentNew);
        }
        catch
        {
            telling.IsConsentNew |= isConsentNew;
            throw;
        }

        (telling.Told, telling.IsGranted) = (next, isGranted);
    }

    /// <summary>Before an erasure, while it is known which companies had a grant.</summary>
    private async Task ForgetWork()
    {
        var consent = await GetConsent();
        foreach (var tenant in WorkReaders(consent))
        {
            // The erasure that follows is the next change of consent: nothing that was said before it counts any more.
            await Put(tenant, WorkOrder(consent) + 1, [], isBySignals: false);
            (TellingOf(tenant).Told, TellingOf(tenant).IsGranted) = (WorkShard.Empty, false);
        }
    }

    /// <summary>Which of two values of the customer's work is newer: it grows with every change of consent and with every signal, wherever the grain is.</summary>
    private long WorkOrder(ConsentState consent) => consent.Epoch + _context.Visible.Taken;

    /// <summary>A full queue takes no more, which is the operator's to hear: signals of this customer are taken nevertheless, and the queue is told again until there is room.</summary>
    private async Task Put(TenantId tenant, long order, ImmutableArray<Work> works, bool isBySignals)
    {
        if (!await GrainFactory.GetGrain<IWorkQueueGrain>(_workIds.QueueOf(tenant, _customer)).Put(_customer, order, works, isBySignals))
        {
            await _records.Times.SetAsync(_customer, _time.GetUtcNow() + Limits.Attention.FullRetry);
            _failures.Note("telling a queue of work that is full", new WorkQueueFullException());
        }
    }

    /// <summary>
    /// What waits for <paramref name="tenant"/>, and for which purposes it may know. A grant for one call shows nothing in a queue, which is of no call. Of two linked logins nothing does: looks ask
    /// both ledgers, and a queue would have to hear of both.
    /// </summary>
    private (ImmutableArray<Work> Works, bool IsGranted) WorkOf(ConsentState consent, TenantId tenant, DateTimeOffset now)
    {
        if (consent.Merge is not null)
        {
            return ([], false);
        }

        // Only its own, and what the customer said of its interactions: what others sent takes no place from it.
        var collected = CustomerRules.OnlyCollected(_context.Visible, consent.Preferences);
        var own = collected with { Sources = [.. collected.Sources.Select(source => OfCompany(source, tenant)).OfType<SourceContext>()] };
        var purposes = consent.Grants.Where(grant => grant.Tenant == tenant && !grant.HasEnded(now)).SelectMany(grant => grant.Purposes).Distinct();
        var waiting = purposes.Select(purpose => Waiting(own, consent, new ReadRequest(tenant, ActorRole.Service, purpose, FacetSet.Of(Facet.Attention), null), now)).OfType<Work[]>().ToArray();
        ImmutableArray<Work> works =
        [
            .. waiting
                .SelectMany(ofPurpose => ofPurpose)
                .GroupBy(one => one.Id)
                .Select(same => same.First() with { Purposes = [.. same.SelectMany(one => one.Purposes).OrderBy(one => one.Purpose.Value, StringComparer.Ordinal)] }),
        ];
        return (works, waiting.Length > 0);
    }

    private static SourceContext? OfCompany(SourceContext source, TenantId tenant) =>
        source.Source.Tenant == tenant ? source
        : source.Source == SourceId.Customer ? SourceContext.Of(source.Source) with { Outcomes = source.Outcomes }
        : null;

    /// <summary>What waits for a purpose; absent if ATTENTION is not granted for it.</summary>
    private Work[]? Waiting(CustomerState own, ConsentState consent, ReadRequest read, DateTimeOffset now)
    {
        if (Seen(consent) is not { } seen)
        {
            return null;
        }

        // The box for AI readers, grant by grant: they are shown no more than the grants open whose box is ticked.
        var forAi = AiReaderRules.Ticked(consent, now) is { } ticked ? Seen(ticked) : null;
        var forAiUntil = forAi is null ? default(DateTimeOffset?) : AiReaderRules.UntilOf(consent, forAi.Value.Decision, now);
        var shownToAi = forAi?.Items.Select(item => _workIds.Of(read.Tenant!.Value, _customer, item)).ToHashSet(StringComparer.Ordinal) ?? [];
        return [.. seen.Items.Select(OfItem)];

        (ReadDecision Decision, AttentionItem[] Items)? Seen(ConsentState of) => ReadRules.Decide(of, read, Talk(of, read, now), now).Value is { } decision
            ? (decision, [.. AttentionView.Of(own, decision.Slices[0].View, read.Tenant, _answerTimes, now).Where(item => item.IsWork && item.Source.Tenant == read.Tenant)])
            : null;

        Work OfItem(AttentionItem item)
        {
            var id = _workIds.Of(read.Tenant!.Value, _customer, item);
            return new Work(
                id,
                _customer,
                item.Kind,
                item.Channel,
                item.Since,
                item.Deadline,
                [new GrantedPurpose(read.Purpose!.Value, seen.Decision.ValidUntil, shownToAi.Contains(id) ? forAiUntil : null)]);
        }
    }
}

/// <summary>What one company's queue knows of a customer.</summary>
/// <param name="work">Tells it what it does not know.</param>
internal sealed class WorkTelling(RepeatedWork work)
{
    /// <summary>Tells it what it does not know.</summary>
    public RepeatedWork Work { get; } = work;

    /// <summary>What it was told; absent if that is not known.</summary>
    public WorkShard? Told { get; set; }

    /// <summary>Whether it was told that ATTENTION is granted.</summary>
    public bool IsGranted { get; set; }

    /// <summary>True if consent has changed, or may have, since the queue was told.</summary>
    public bool IsConsentNew { get; set; }
}
