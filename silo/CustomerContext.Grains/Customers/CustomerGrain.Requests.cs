using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>Requests and sharing codes.</summary>
internal sealed partial class CustomerGrain
{
    private int _requestReaders;

    public Task<Outcome<ConsentView>> CreateSharingCode(CreateSharingCode command, Digest code) =>
        Change((consent, now) => ConsentRules.CreateSharingCode(consent, command, code, now));

    public Task<Outcome<ConsentView>> RedeemSharingCode(RedeemSharingCode command) =>
        Change((consent, now) => ConsentRules.RedeemSharingCode(consent, _customer, command, now));

    public async Task<Outcome<AskedConsent>> RequestConsent(RequestConsent command)
    {
        var asked = default(WaitingRequest);
        var changed = await Change((consent, now) =>
        {
            var step = ConsentRules.RequestConsent(consent, _customer, command, now);
            asked = step.Value?.Change is null ? null : step.Value.State.Requests[^1];
            return step;
        });
        return changed.IsOk ? new AskedConsent(asked) : changed.Refusal;
    }

    public Task<Outcome<ConsentView>> DecideConsent(DecideConsent command) =>
        Change((consent, now) => ConsentRules.DecideConsent(consent, _customer, command, now));

    public async Task<Outcome<ImmutableArray<WaitingRequest>>> NextRequests(ImmutableArray<string> known)
    {
        if (_requestReaders >= Limits.Watches.PerCustomer)
        {
            return new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Watches.PerCustomer} watches of one customer");
        }

        _requestReaders++;
        try
        {
            return await OtherThan(known, _time.GetUtcNow() + Limits.Watches.Heartbeat);
        }
        finally
        {
            _requestReaders--;
        }
    }

    public async Task<bool> HasLiveGrant(TenantId tenant)
    {
        var consent = await GetConsent();
        var isOwn = ConsentRules.HasLiveGrant(consent, tenant, _time.GetUtcNow());
        if (!isOwn || consent.Merge is not { } merge)
        {
            return isOwn;
        }

        var other = await GrainFactory.GetGrain<ICustomerGrain>(merge.Customer.Value).GetConsent();
        return other.Merge?.Customer != _customer || ConsentRules.HasLiveGrant(other, tenant, _time.GetUtcNow());
    }

    private async Task<ImmutableArray<WaitingRequest>> OtherThan(ImmutableArray<string> known, DateTimeOffset until)
    {
        while (true)
        {
            var change = _consentChanges.Next;
            var consent = await GetConsent();
            var now = _time.GetUtcNow();
            var waiting = ConsentRules.Waiting(consent, now);
            if (now >= until || waiting.Length != known.Length || !waiting.All(request => known.Contains(request.Id)))
            {
                return waiting;
            }

            var next = waiting.Select(request => request.Until).Append(until).Min();
            try
            {
                await change.WaitAsync(next - now, _time);
            }
            catch (TimeoutException)
            {
                // A request has lapsed, or it is time to say that nothing has changed.
            }
        }
    }
}
