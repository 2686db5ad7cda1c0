using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Customers;

/// <summary>What the customer decides.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<Outcome<ConsentView>> SetPreferences(SetPreferences command, ImmutableArray<LinkedIdentifier> own)
    {
        var proved = own.IsDefault ? [] : own;
        var changed = await Change((consent, _) => ConsentRules.SetPreferences(consent, command, proved));
        if (changed.IsOk)
        {
            await Name(proved);
            await _context.Ready();
            await _context.Save(CustomerRules.Keep(_context.Pending, changed.Value.Consent.Preferences));
            _watches.WakeAll();
        }

        return changed;
    }

    public Task<Outcome<ConsentView>> CreateGrant(CreateGrant command) =>
        Change((consent, now) => ConsentRules.CreateGrant(consent, _customer, command, now));

    public Task<Outcome<ConsentView>> UpdateGrant(UpdateGrant command) =>
        Change((consent, now) => ConsentRules.UpdateGrant(consent, command, now));

    public Task<Outcome<ConsentView>> RevokeGrant(RevokeGrant command) =>
        Change((consent, now) => ConsentRules.RevokeGrant(consent, command, now));

    public Task<Outcome<ConsentView>> PauseAll(PauseAll command) =>
        Change((consent, now) => ConsentRules.PauseAll(consent, command, now));

    public async Task<ConsentState> GetConsent() => (await _session.Decide(consent => new LedgerStep<ConsentState>(consent, consent))).Result;

    public async Task<ImmutableArray<LedgerEntry>> ListRecords(long before, int max) => await _ledger.ListAsync(_customer, before, max);

    public async Task<Grant?> FindGrant(GrantId id, int? version)
    {
        var consent = await GetConsent();
        if (consent.Find(id) is { } grant && (version is null || version == grant.Version))
        {
            return grant;
        }

        var before = long.MaxValue;
        while (version is not null && await _ledger.ListAsync(_customer, before, Limits.Storage.ListedEntries) is { IsEmpty: false } entries)
        {
            foreach (var entry in entries.Where(entry => !entry.IsErased))
            {
                if (DisclosureRecord.FromBytes(entry.Payload.AsSpan()).Change?.Grant is { } known && known.Id == id && known.Version == version)
                {
                    return known;
                }
            }

            before = entries[^1].Sequence;
        }

        return null;
    }

    /// <summary>Durable first; then the watches that see less have ended, the linked customer's too; then the answer.</summary>
    private async Task<Outcome<ConsentView>> Change(Func<ConsentState, DateTimeOffset, Outcome<ConsentStep>> rule)
    {
        var changed = await _session.Decide<(Outcome<ConsentView> View, CustomerKey? Partner)>(consent =>
        {
            var now = _time.GetUtcNow();
            var ruled = rule(consent, now);
            if (ruled.Value is not { } step)
            {
                return new((ruled.Refusal!, null), consent);
            }

            Outcome<ConsentView> view = step.Refusal is { } refusal ? refusal : new ConsentView(step.State, step.Grant);
            var partner = (consent.Merge ?? step.State.Merge)?.Customer;
            return new((view, partner), step.State, step.Change is { } change ? DisclosureRecord.Of(change, now) : null);
        });
        await _watches.StoppedOnesAreBack();
        if (changed.Result.Partner is { } partner)
        {
            await GrainFactory.GetGrain<ICustomerGrain>(partner.Value).PartnerChanged();
        }

        return changed.Result.View;
    }
}
