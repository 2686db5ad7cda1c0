using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Api.Interactions;
using Orleans;
using Join = CustomerContext.Domain.Joins.Join;

namespace CustomerContext.Silo.Api.Joins;

/// <summary>
/// Decides a request that waits on the customer's own page or device: the request is claimed, so that nobody else can answer it, then the ledger's step, then the tenant is told. A no is the
/// ledger's alone: the tenant learns of it by nothing.
/// </summary>
internal sealed class JoinDecisions(IGrainFactory grains, InteractionFinder interactions)
{
    /// <summary>Decides.</summary>
    /// <param name="customer">Who decides.</param>
    /// <param name="command">What they decide.</param>
    /// <param name="content">A keyed hash of the whole call, by which a repeat is told from a reuse.</param>
    public async Task<Outcome<ConsentView>> Decide(CustomerKey customer, DecideConsent command, Digest content)
    {
        var ledger = grains.GetGrain<ICustomerGrain>(customer.Value);
        if (!command.IsApproved)
        {
            return await ledger.DecideConsent(command);
        }

        // Whatever is wrong with the decision is found before the request is claimed: a claim cannot be taken back.
        var joins = grains.GetGrain<IJoinGrain>(command.Request);
        var check = await ledger.CheckDecision(command, (await joins.Get())?.ByNow.Interaction);
        if (!check.IsOk)
        {
            return check.Refusal;
        }

        if (check.Value.Known is { } known)
        {
            // It was said before, and may have broken off before the linked customer and the tenant knew.
            return known.Grant is { RevokedAt: null } given && await joins.Get() is { } asked && await Finish(ledger, joins, asked, command.RequestId, given) is { } broken ? broken : known;
        }

        var answer = await joins.Answer(new AnswerJoin(new JoinClaim(customer, command.RequestId, content, HasProof: false), null, null));
        if (answer.Join is not { } join)
        {
            return answer.Refusal?.Reason == RefusalReason.RequestIdReused ? answer.Refusal : NotFound;
        }

        var decided = await ledger.DecideConsent(command, join.ByNow.Interaction);
        while (decided.Refusal?.Reason == RefusalReason.NotFound && await joins.Get() is { } next && next.ByNow != join.ByNow)
        {
            // Its interaction ended because it went on under another id.
            join = next;
            decided = await ledger.DecideConsent(command, join.ByNow.Interaction);
        }

        return decided.Value?.Grant is { } grant && await Finish(ledger, joins, join, command.RequestId, grant) is { } refused ? refused : decided;
    }

    /// <summary>If two logins of the customer's are linked, the grant is on both or on neither; then the tenant is told.</summary>
    private async Task<Refusal?> Finish(ICustomerGrain ledger, IJoinGrain joins, Join join, string requestId, Grant grant)
    {
        var by = join.ByNow;
        var begunAt = (await interactions.Find(by.Tenant, by.Interaction!).Get()).BegunAt;
        if (await ledger.EnrolPartner(EnrolRules.ForPartner(requestId, by, begunAt, grant)) is { } refused)
        {
            return refused;
        }

        await joins.Settle();
        return null;
    }

    private static Refusal NotFound { get; } = new(RefusalReason.NotFound, "consent_request_id", "no request that waits");
}
