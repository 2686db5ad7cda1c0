using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Interactions;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// Two customers who are one person. Each keeps context, consent and chain; a look at either asks the other, whose consent must allow it too and on whose
/// chain it goes on record first. Nothing is shown before both records are durable.
/// </summary>
internal sealed partial class CustomerGrain
{
    public async Task<PartnerAnswer?> LookForPartner(PartnerLook look)
    {
        await _context.Ready();
        var read = look.Look.Read;
        var decided = await _session.Decide<PartnerAnswer?>(consent =>
        {
            if (consent.Merge?.Customer != look.From)
            {
                return new(null, consent);
            }

            var now = _time.GetUtcNow();
            var talk = Talk(consent, read, now);
            var own = ReadRules.Decide(consent, read, talk.Or(look.Talk), now);
            var both = MergeRules.Both(ReadRules.Decide(look.Consent, read, talk.Or(look.Talk), now), own);
            var answer = new PartnerAnswer(own, CustomerRules.OnlyCollected(_context.Visible, consent.Preferences), talk.Unnamed());
            return UnreachableRules.Without(both, look.Look.Unreachable).Value is { } shown && look.Kind is { } kind
                ? new(answer, AiReaderRules.Counted(CallRules.Touch(consent, read, look.Look.Actor, shown, now), read, shown, now), DisclosureRecord.Of(kind, read, look.Look.Actor, shown, now, look.Watch).ToBytes())
                : new(answer, consent, MustBeCurrent: true);
        });
        return decided.Result;
    }

    public async Task PartnerChanged()
    {
        foreach (var watch in _watches.Open)
        {
            watch.Stop(WatchEnd.Narrowed);
        }

        await _watches.StoppedOnesAreBack();
    }

    public Task PartnerLearnt()
    {
        _partnerNews++;
        _watches.WakeAll();
        return Task.CompletedTask;
    }

    public async Task Note(DisclosureRecord record, bool isRepeat)
    {
        if (isRepeat && await IsOnRecord(record))
        {
            return;
        }

        // An erased customer's chain has ended.
        await _session.Decide(consent => new LedgerStep<bool>(true, consent, consent.ErasedAt is null ? record.ToBytes() : default));
    }

    /// <summary>True if a record of the same kind about the same watch is among the newest: whoever repeats it does so soon.</summary>
    private async Task<bool> IsOnRecord(DisclosureRecord record) =>
        (await _ledger.ListAsync(_customer, long.MaxValue, Limits.Storage.ListedEntries))
            .Where(entry => !entry.IsErased)
            .Select(entry => DisclosureRecord.FromBytes(entry.Payload.AsSpan()))
            .Any(known => known.Kind == record.Kind && known.Watch == record.Watch);

    public async Task<Refusal?> AcceptMerge(Merge merge) => (await Change((consent, _) => ConsentRules.AcceptMerge(consent, merge))).Refusal;

    public Task DropMerge(string key) => Change((consent, _) => consent.Merge?.Key == key ? ConsentRules.Detach(consent, key) : new ConsentStep(consent, null));

    /// <summary>A decision under this customer's consent and, if one is linked with them, that one's too.</summary>
    /// <param name="look">What is to be shown.</param>
    /// <param name="kind">What goes on the other's record; absent if nothing does.</param>
    /// <param name="watch">The name of the watch; absent for a lookup.</param>
    /// <param name="decision">As for <see cref="LedgerSession.Decide{T}"/>.</param>
    private async Task<Decided<Outcome<T>>> Jointly<T>(
        LookRequest look, DisclosureKind? kind, string? watch, Func<ConsentState, Partner, LedgerStep<Outcome<T>>> decision)
    {
        var partner = default(Partner);
        while (true)
        {
            ConsentState? asking = null;
            var decided = await _session.Decide<Outcome<T>>(consent =>
            {
                // What customers read of themselves is their own alone.
                asking = look.Read.Tenant is null || consent.Merge?.Customer == partner.Customer ? null : consent;
                return asking is null ? decision(consent, partner) : new(default, consent);
            });
            if (asking is null)
            {
                return decided;
            }

            partner = asking.Merge is { } merge ? await Ask(merge.Customer, asking, look, kind, watch) : default;
        }
    }

    private async Task<Partner> Ask(CustomerKey other, ConsentState consent, LookRequest look, DisclosureKind? kind, string? watch)
    {
        var question = new PartnerLook(_customer, look, consent, Talk(consent, look.Read, _time.GetUtcNow()).Unnamed(), kind, watch);
        return new Partner(other, await GrainFactory.GetGrain<ICustomerGrain>(other.Value).LookForPartner(question));
    }
}
