using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Customers;

/// <summary>What the customer decides.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<Outcome<ConsentView>> SetPreferences(SetPreferences command)
    {
        var changed = await Change((consent, _) => ConsentRules.SetPreferences(consent, command));
        if (changed.IsOk)
        {
            await _context.Ready();
            await _context.Save(CustomerRules.Keep(_context.Pending, changed.Value.Consent.Preferences));
            await _ties.Follow(changed.Value.Consent);
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

    public async Task<Outcome<ConsentView>> PauseAll(PauseAll command)
    {
        var changed = await Change((consent, now) => ConsentRules.PauseAll(consent, command, now));
        if (changed.IsOk)
        {
            await _ties.Follow(changed.Value.Consent);
        }

        return changed;
    }

    public async Task<ConsentState> GetConsent() => (await _session.Decide(consent => new LedgerStep<ConsentState>(consent, consent))).Result;

    /// <summary>Durable first; then the watches that see less have ended; then the answer.</summary>
    /// <param name="rule">What the customer decides.</param>
    /// <param name="isErasing">True for the steps of an erasure: nothing else changes consent that was erased.</param>
    private async Task<Outcome<ConsentView>> Change(Func<ConsentState, DateTimeOffset, Outcome<ConsentStep>> rule, bool isErasing = false)
    {
        await BeKept();
        var changed = await _session.Decide<Outcome<ConsentView>>(consent =>
        {
            var now = _time.GetUtcNow();
            var step = rule(consent, now);
            if (!step.IsOk)
            {
                return new(step.Refusal, consent);
            }

            if (step.Value.Change is not { } change)
            {
                return new(new ConsentView(consent, step.Value.Grant), consent);
            }

            // Whoever comes back while an erasure is under way is somebody new as soon as it is done.
            return consent.ErasedAt is not null && !isErasing
                ? new(new Refusal(RefusalReason.Unavailable), consent)
                : new(
                    new ConsentView(step.Value.State, step.Value.Grant),
                    step.Value.State with { ChangedAt = isErasing ? null : now },
                    DisclosureRecord.Of(change, now));
        });
        await _watches.StoppedOnesAreBack();
        return changed.Result;
    }
}
