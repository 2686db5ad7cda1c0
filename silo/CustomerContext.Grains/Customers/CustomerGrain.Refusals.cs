using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// Looks that were refused: counted in memory, and written some seconds later, so that the refusal itself costs no write. For a key without a customer
/// the same work is done, but nothing is written. An activation that did nothing but refuse then leaves memory, whether or not there is a customer: otherwise whoever asks about
/// people by the million would fill it.
/// </summary>
internal sealed partial class CustomerGrain
{
    private readonly RefusalCounter _refusals = new();
    private IGrainTimer? _tidying;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _newsEnd.CancelAsync();
        await WriteRefusals();
        if (_watches.Closed is not null)
        {
            await _closing.Run();
        }
    }

    public async Task<ImmutableArray<RefusedDay>> ListRefusedLooks()
    {
        await WriteRefusals();
        var first = RetentionRules.RefusedFrom(_time.GetUtcNow());
        return (await _records.Refused.ListAsync(_customer)).RemoveAll(day => day.Day < first);
    }

    /// <summary>Counts the refusal, if it is one for want of consent; gives it on. <paramref name="by"/> is absent for the customer's own look.</summary>
    private Outcome<T> Counted<T>(Outcome<T> outcome, TenantId? by)
    {
        if (outcome.Refusal?.Reason == RefusalReason.ConsentRequired && by is { } tenant)
        {
            _refusals.Count(tenant, _time.GetUtcNow());
            TidySoon();
        }

        return outcome;
    }

    /// <summary>Some seconds from now refusals are written, and the activation leaves memory if nobody needs it.</summary>
    private void TidySoon() => _tidying ??= this.RegisterGrainTimer(
        _ => Tidy(), new GrainTimerCreationOptions(Limits.Records.RefusedWrite, Timeout.InfiniteTimeSpan) { Interleave = true });

    private async Task Tidy()
    {
        _tidying?.Dispose();
        _tidying = null;
        await WriteRefusals();
        if (_session.HasAppended || _context.HasWritten || _ties.HasWork || _requestReaders > 0 || _recordReaders > 0)
        {
            return;
        }

        if (_tenantWrites.AreCounted)
        {
            TidySoon();
            return;
        }

        DeactivateOnIdle();
    }

    private async Task WriteRefusals()
    {
        if (_refusals.IsEmpty)
        {
            return;
        }

        try
        {
            // Whether there is a customer is known first: what is taken before that would be lost after an append of unknown outcome.
            var consent = await GetConsent();
            var looks = _refusals.Take();
            if (consent is { Epoch: > 0, ErasedAt: null } && !looks.IsEmpty)
            {
                await _records.Refused.AddAsync(_customer, looks, RetentionRules.RefusedFrom(_time.GetUtcNow()));
            }
        }
        catch (LedgerUnavailableException error)
        {
            _failures.Note("counting refused looks", error);

            // Not repeated: whether they were counted is not known; counted twice they would accuse somebody.
        }
    }
}
