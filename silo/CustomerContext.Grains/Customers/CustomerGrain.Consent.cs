using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Customers;

/// <summary>What the customer decides.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<Outcome<ConsentView>> SetPreferences(SetPreferences command, ImmutableArray<LinkedIdentifier> own)
    {
        await ScheduleHousekeeping();
        var proved = own.IsDefault ? [] : own;
        var changed = await Change((consent, _) => ConsentRules.SetPreferences(consent, command, proved), takesBack: WithdrawalKind.Preferences);
        if (changed.IsOk)
        {
            await Name(proved);
            await Forget(changed.Value.Consent);
        }

        return changed;
    }

    public Task<Outcome<ConsentView>> CreateGrant(CreateGrant command) =>
        Change((consent, now) => ConsentRules.CreateGrant(consent, _customer, command, now));

    public Task<Outcome<ConsentView>> UpdateGrant(UpdateGrant command) =>
        Change((consent, now) => ConsentRules.UpdateGrant(consent, command, now), takesBack: WithdrawalKind.Grant);

    public Task<Outcome<ConsentView>> RevokeGrant(RevokeGrant command) =>
        Change((consent, now) => ConsentRules.RevokeGrant(consent, command, now), takesBack: WithdrawalKind.Grant);

    public async Task<Outcome<ConsentView>> PauseAll(PauseAll command)
    {
        var takesBack = command.Paused ? WithdrawalKind.Paused : WithdrawalKind.Resumed;
        var changed = await Change((consent, now) => ConsentRules.PauseAll(consent, command, now), takesBack: takesBack);
        if (changed.IsOk)
        {
            await _ties.Follow(changed.Value.Consent);
        }

        return changed;
    }

    public async Task<ConsentState> GetConsent()
    {
        var consent = (await _session.Decide(consent => new LedgerStep<ConsentState>(consent, consent))).Result;
        ResumeNews(consent);
        return consent;
    }

    /// <summary>
    /// Every change of consent, a revoke too, in this order: if queues may hold work of the customer, or companies are to hear of it, they are to be told even if this silo is lost (<see cref="TellLater"/>); the rule decides; <see cref="LedgerSession"/> appends the new consent (durable from here on), has open watches decided again
    /// (<see cref="OnConsentChanged"/>) and withdrawals written to the journal (<see cref="NoteWithdrawals"/>); frames on their way are written or run out of time; the linked customer's
    /// grain stops its watches and waits for their frames; the queues and lists are told (<see cref="TellQueues"/>, <see cref="TellContacts"/>); then the reply leaves.
    /// </summary>
    /// <param name="rule">What the customer decides, or a tenant brings about.</param>
    /// <param name="isErasing">True for the steps of an erasure: nothing else changes consent that was erased.</param>
    /// <param name="takesBack">What it can take back, absent if nothing: if it was done before, the journal is told once more, for the first time may have ended before that.</param>
    private async Task<Outcome<ConsentView>> Change(Func<ConsentState, DateTimeOffset, Outcome<ConsentStep>> rule, bool isErasing = false, WithdrawalKind? takesBack = null)
    {
        var (arrived, ended) = (_time.GetTimestamp(), _endedWatches);
        var isCounted = false;
        var repeated = default(ConsentStep);
        var stored = default(ConsentState);
        var dropped = Array.Empty<GrantNews>();
        var before = await GetConsent();
        if (!isErasing)
        {
            await TellLater(before, rule(before, _time.GetUtcNow()).Value?.State ?? before);
        }

        var changed = await _session.Decide<(Outcome<ConsentView> View, CustomerKey? Partner)>(consent =>
        {
            var now = _time.GetUtcNow();
            var ruled = rule(consent, now);
            if (ruled.Value is not { } step)
            {
                return new((ruled.Refusal!, null), consent);
            }

            Outcome<ConsentView> view = step.Refusal is { } refusal ? refusal : new ConsentView(step.State, step.Grant);
            if (step.Change is not { } change)
            {
                // It may be the repeat of a change that broke off before it was in the journal, or before the linked customer was told.
                repeated = takesBack is null ? null : step;
                return new((view, consent.Merge?.Customer), consent);
            }

            if (!isCounted && !_tenantChanges.TryAdd(change))
            {
                return new((new ConsentView(consent, null), null), consent);
            }

            isCounted = true;

            // Whoever comes back while an erasure is under way is somebody new as soon as it is done.
            if (consent.ErasedAt is not null && !isErasing)
            {
                return new((new Refusal(RefusalReason.Unavailable), null), consent);
            }

            var changedAt = isErasing ? null : change.By is null ? now : consent.ChangedAt;
            stored = NewsRules.With(consent, step.State with { ChangedAt = changedAt, Due = NotApplied(step.State.Due) }, _context.Visible.Told, WantsNews, now);
            dropped = [.. NewsRules.Dropped(consent, stored, _context.Visible.Told)];
            return new((view, (consent.Merge ?? step.State.Merge)?.Customer), stored, DisclosureRecord.Of(change, now).ToBytes());
        });
        if (repeated is not null && WithdrawalRules.Repeated(repeated, takesBack!.Value) is { IsEmpty: false } withdrawals)
        {
            await _records.Journal.NoteAsync(_customer, repeated.State.Epoch, withdrawals);
        }

        if (stored is not null)
        {
            Array.ForEach(dropped, _news.GiveUp);
            TellNews(stored);
        }

        await _watches.StoppedOnesAreBack();
        if (_endedWatches > ended)
        {
            _metrics.Dark(arrived);
        }

        if (changed.Result.Partner is { } partner)
        {
            await GrainFactory.GetGrain<ICustomerGrain>(partner.Value).PartnerChanged();
        }

        if (changed.Result.View.Value is { } view)
        {
            await TellQueuesOf(view);
            await TellContacts(before, view.Consent);
        }

        return changed.Result.View;
    }
}
