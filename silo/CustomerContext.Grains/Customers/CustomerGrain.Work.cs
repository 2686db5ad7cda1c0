using System.Collections.Immutable;
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
    private readonly RepeatedWork _telling;

    /// <summary>What each company's queue was told since the grain came into memory.</summary>
    private readonly Dictionary<TenantId, WorkShard> _told = [];

    /// <summary>Those that have to be told, or told again.</summary>
    private readonly HashSet<TenantId> _mustTell = [];

    public async Task TellWork()
    {
        _told.Clear();
        await TellQueues(WorkReaders(await GetConsent()));
    }

    /// <summary>The companies whose queue may know of the customer: a grant of any facet may have been one of ATTENTION before it was changed.</summary>
    private TenantId[] WorkReaders(ConsentState consent) => [.. consent.Grants.Select(grant => grant.Tenant).Concat(_told.Keys)];

    /// <summary>The companies for whom signals may change what waits: those that sent them, as far as they may know of it.</summary>
    private static IEnumerable<TenantId> WorkSenders(ConsentState consent, ImmutableArray<ScoredSignal> signals) =>
        signals.Select(signal => signal.Signal.Source.Tenant).OfType<TenantId>().Where(tenant => consent.Grants.Any(grant => grant.Tenant == tenant && grant.Facets.Contains(Facet.Attention)));

    /// <summary>Tells these companies' queues what they do not know. A company's work is made of its own signals, so those of others change nothing for it.</summary>
    /// <exception cref="StateUnavailableException">One could not be told. It will be.</exception>
    private async Task TellQueues(IEnumerable<TenantId> companies)
    {
        _mustTell.UnionWith(companies);
        if (_mustTell.Count > 0 && !await _telling.Run())
        {
            throw new StateUnavailableException();
        }
    }

    private async Task TellAll()
    {
        foreach (var tenant in _mustTell.ToArray())
        {
            await _context.Ready();
            var consent = await GetConsent();

            // With nothing awaited between consent and the mark: what changes from here on has it told again.
            _mustTell.Remove(tenant);
            var now = _time.GetUtcNow();
            var works = WorkOf(consent, tenant, now);
            var told = _told.GetValueOrDefault(tenant);
            var next = WorkRules.Put(told ?? WorkShard.Empty, _customer, works, now);
            if (!WorkReaders(consent).Contains(tenant) || ReferenceEquals(next, told))
            {
                continue;
            }

            try
            {
                await Tell(tenant, works);
                _told[tenant] = next;
            }
            catch
            {
                _mustTell.Add(tenant);
                throw;
            }
        }
    }

    /// <summary>Before an erasure, while it is known which companies had a grant.</summary>
    private async Task ForgetWork()
    {
        foreach (var tenant in (await GetConsent()).Grants.Select(grant => grant.Tenant).Distinct())
        {
            await Tell(tenant, []);
            _told[tenant] = WorkShard.Empty;
        }
    }

    /// <summary>A full queue takes no more, which is the operator's to hear: signals of this customer are taken nevertheless.</summary>
    private async Task Tell(TenantId tenant, ImmutableArray<Work> works)
    {
        if (!await GrainFactory.GetGrain<IWorkQueueGrain>(_workIds.QueueOf(tenant, _customer)).Put(_customer, works))
        {
            _failures.Note("telling a queue of work that is full", new WorkQueueFullException());
        }
    }

    /// <summary>
    /// What waits for <paramref name="tenant"/>, and for which purposes it may know. A grant for one call shows nothing in a queue, which is of no call. Of two linked logins nothing does: looks ask
    /// both ledgers, and a queue would have to hear of both.
    /// </summary>
    private ImmutableArray<Work> WorkOf(ConsentState consent, TenantId tenant, DateTimeOffset now)
    {
        if (consent.Merge is not null)
        {
            return [];
        }

        // Only its own: what others sent takes no place from it.
        var collected = CustomerRules.OnlyCollected(_context.Visible, consent.Preferences);
        var own = collected with { Sources = [.. collected.Sources.Where(source => source.Source.Tenant == tenant)] };
        var purposes = consent.Grants.Where(grant => grant.Tenant == tenant && !grant.HasEnded(now)).SelectMany(grant => grant.Purposes).Distinct();
        return
        [
            .. purposes
                .SelectMany(purpose => Waiting(own, consent, new ReadRequest(tenant, ActorRole.Service, purpose, FacetSet.Of(Facet.Attention), null), now))
                .GroupBy(one => one.Id)
                .Select(same => same.First() with { Purposes = [.. same.SelectMany(one => one.Purposes).OrderBy(one => one.Purpose.Value, StringComparer.Ordinal)] }),
        ];
    }

    private IEnumerable<Work> Waiting(CustomerState own, ConsentState consent, ReadRequest read, DateTimeOffset now)
    {
        var decided = ReadRules.Decide(consent, read, Talk(consent, read, now), now);
        return decided.Value is { } decision
            ? AttentionView.Of(own, decision.Slices[0].View, read.Tenant, _answerTimes, now)
                .Where(item => item.IsWork && item.Source.Tenant == read.Tenant)
                .Select(item => new Work(
                    _workIds.Of(read.Tenant!.Value, _customer, item),
                    _customer,
                    item.Kind,
                    item.Channel,
                    item.Since,
                    item.Deadline,
                    [new GrantedPurpose(read.Purpose!.Value, decision.ValidUntil)]))
            : [];
    }
}
