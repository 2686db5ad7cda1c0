using System.Collections.Immutable;
using CustomerContext.Domain.Common;

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
        if (NewGrant(new GrantId(""), command.By.Tenant, command.Terms, now) is { IsOk: false, Refusal: { } broken })
        {
            return broken;
        }

        var mark = new RecentRequest(RecentRequests.NameOf(command.By.Tenant, command.RequestId), CanonicalJson.Hash(command.Terms));
        var waiting = Waiting(state, now);
        var own = waiting.Where(request => request.Tenant == command.By.Tenant).ToArray();
        if (state.Epoch == 0
            || state.Preferences.LeaveMeAlone
            || own.Any(request => IsSame(request, command))
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
        var asked = new WaitingRequest(id, command.By.Tenant, command.Terms, command.By.Interaction, now, now + Limits.Consents.RequestLifetime);
        return Changed(state with { Requests = room.Add(asked) }, mark, new ConsentChange(ConsentChangeKind.Requested, By: command.By));
    }

    /// <summary>Decides: exactly what was asked, or less, or nothing. One that no longer waits is not found.</summary>
    public static Outcome<ConsentStep> DecideConsent(ConsentState state, CustomerKey customer, DecideConsent command, DateTimeOffset now)
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

            var grant = Approved(id, asked, command.Terms, now);
            return grant.IsOk ? Given(settled, grant.Value, mark, now) : grant.Refusal;
        });
    }

    /// <summary>The requests that wait at <paramref name="now"/>, oldest first.</summary>
    public static ImmutableArray<WaitingRequest> Waiting(ConsentState state, DateTimeOffset now) =>
        state.Requests.All(request => now < request.Until) ? state.Requests : state.Requests.RemoveAll(request => now >= request.Until);

    private static Outcome<Grant> Approved(GrantId id, WaitingRequest asked, GrantTerms? terms, DateTimeOffset now)
    {
        var most = NewGrant(id, asked.Tenant, asked.Terms, now);
        if (!most.IsOk || terms is null)
        {
            return most;
        }

        var less = NewGrant(id, asked.Tenant, terms with { From = terms.From ?? asked.Terms.From, Until = terms.Until ?? most.Value.Until }, now);
        return !less.IsOk || less.Value.IsWithin(most.Value)
            ? less
            : new Refusal(RefusalReason.InvalidArgument, "terms", "no more than was asked for");
    }

    private static bool IsSame(WaitingRequest waiting, RequestConsent command) =>
        waiting.Interaction == command.By.Interaction && CanonicalJson.AreSame(waiting.Terms, command.Terms);
}
