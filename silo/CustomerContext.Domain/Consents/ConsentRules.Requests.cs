using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Interactions;

namespace CustomerContext.Domain.Consents;

/// <summary>Requests that wait for the customer's decision.</summary>
public static partial class ConsentRules
{
    /// <summary>
    /// Asks. Refused only for what the request itself says, so that a refusal tells nothing about the person; whoever does not exist, wants to be left
    /// alone, or has been asked the same already is not asked, and nobody is told.
    /// </summary>
    public static Outcome<ConsentStep> RequestConsent(ConsentState state, CustomerKey customer, RequestConsent command, DateTimeOffset now)
    {
        // Expanded now: what the customer is shown is what a yes gives.
        var terms = PresetRules.Expand(command.Terms, PresetUse.Request, state, command.By.Tenant, now);
        var grant = terms.IsOk ? NewGrant(new GrantId(""), command.By.Tenant, terms.Value, null, now) : terms.Refusal;
        if (!grant.IsOk)
        {
            return grant.Refusal;
        }

        var mark = new RecentRequest(RecentRequests.NameOf(command.By.Tenant, command.RequestId), CanonicalJson.Hash(command.Terms));
        var waiting = Waiting(state, now);
        var own = waiting.Where(request => request.Tenant == command.By.Tenant).ToArray();
        if (state.Epoch == 0
            || state.Preferences.LeaveMeAlone
            || own.Any(request => IsSame(request, command, terms.Value!))
            || state.RecentRequests.Any(known => known.RequestId == mark.RequestId))
        {
            return new ConsentStep(state, null);
        }

        var room = own.Length < Limits.Consents.WaitingRequestsPerTenant ? waiting : waiting.Remove(own[0]);
        if (room.Length >= Limits.Consents.WaitingRequests)
        {
            return new ConsentStep(state, null);
        }

        var id = WaitingRequest.IdFor(customer, mark.RequestId);
        var asked = new WaitingRequest(id, command.By.Tenant, terms.Value!, command.By.Interaction, now, now + Limits.Consents.RequestLifetime) { Actor = command.By.Actor };
        return Changed(state with { Requests = room.Add(asked) }, mark, new ConsentChange(ConsentChangeKind.Requested, By: command.By));
    }

    /// <summary>Decides: exactly what was asked, or less, or nothing. A yes opens the interaction in which it was asked. One that no longer waits, or whose interaction is over, is not found.</summary>
    /// <param name="state">The customer's consent.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="command">The decision.</param>
    /// <param name="begunAt">When the interaction began; absent if it was asked in none.</param>
    /// <param name="now">The instant that counts.</param>
    public static Outcome<ConsentStep> DecideConsent(
        ConsentState state, CustomerKey customer, DecideConsent command, DateTimeOffset? begunAt, DateTimeOffset now)
    {
        var id = GrantId.For(customer, command.RequestId);
        return Once(state, command.RequestId, command, state.Find(id), mark =>
        {
            var waiting = Waiting(state, now);
            if (waiting.FirstOrDefault(request => request.Id == command.Request) is not { } asked)
            {
                return new Refusal(RefusalReason.NotFound, "consent_request_id", "no request that waits");
            }

            var settled = state with { Requests = waiting.Remove(asked) };
            if (!command.IsApproved)
            {
                return Changed(settled, mark, new ConsentChange(ConsentChangeKind.RequestDeclined, Tenant: asked.Tenant));
            }

            if (!state.Preferences.OfAge)
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            var by = new TenantActor(asked.Tenant, ActorRole.Service, asked.Actor, asked.Interaction);
            if ((begunAt is { } began ? CallChanges.Opened(settled, by, began, now) : settled) is not { } opened)
            {
                return new Refusal(RefusalReason.NotFound, "consent_request_id", "its interaction is over");
            }

            var grant = Approved(opened, id, by, asked.Terms, command.Terms, now);
            return grant.IsOk ? Given(opened, grant.Value, mark, now) : grant.Refusal;
        });
    }

    /// <summary>The requests that wait at <paramref name="now"/>, oldest first.</summary>
    public static ImmutableArray<WaitingRequest> Waiting(ConsentState state, DateTimeOffset now) =>
        state.Requests.All(request => now < request.Until) ? state.Requests : state.Requests.RemoveAll(request => now >= request.Until);

    private static Outcome<Grant> Approved(ConsentState state, GrantId id, TenantActor by, GrantTerms asked, GrantTerms? terms, DateTimeOffset now)
    {
        var most = InCall(state, id, by, asked, now);
        if (!most.IsOk || terms is null)
        {
            return most;
        }

        var less = InCall(state, id, by, PresetRules.Changed(asked with { Until = most.Value.Until }, terms, state, by.Tenant), now);
        return !less.IsOk || less.Value.IsWithin(most.Value)
            ? less
            : new Refusal(RefusalReason.InvalidArgument, "terms", "no more than was asked for");
    }

    /// <summary>An end that nobody named moves with the time of asking and makes no difference.</summary>
    private static bool IsSame(WaitingRequest waiting, RequestConsent command, GrantTerms terms) =>
        waiting.Interaction == command.By.Interaction
        && CanonicalJson.AreSame(waiting.Terms with { Until = command.Terms.Until is null ? null : waiting.Terms.Until }, terms with { Until = command.Terms.Until });
}
