using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Interactions;

namespace CustomerContext.Domain.Consents;

/// <summary>Requests that wait for the customer's decision.</summary>
public static partial class ConsentRules
{
    /// <summary>
    /// Asks. Whoever does not exist, wants to be left alone, has said no in this interaction or was asked this already is not asked, and nobody is told. The same again takes the place of what
    /// waits, so that it is shown once.
    /// </summary>
    public static ConsentStep RequestConsent(ConsentState state, RequestConsent command, DateTimeOffset now)
    {
        var mark = new RecentRequest(RecentRequests.NameOf(command.By.Tenant, command.Join), CanonicalJson.Hash(command.Terms));
        var kept = state.Requests.RemoveAll(request => now >= request.Until || IsSame(request, command));
        var own = kept.Where(request => request.Tenant == command.By.Tenant).ToArray();
        if (state.Epoch == 0
            || state.Preferences.LeaveMeAlone
            || now >= command.Until
            || own.Any(request => request.IsDeclined && request.Interaction == command.By.Interaction)
            || state.RecentRequests.Any(known => known.RequestId == mark.RequestId))
        {
            return new ConsentStep(state, null);
        }

        var room = own.Length < Limits.Consents.WaitingRequestsPerTenant ? kept : kept.Remove(own[0]);
        if (room.Length >= Limits.Consents.WaitingRequests)
        {
            return new ConsentStep(state, null);
        }

        var asked = new WaitingRequest(command.Join, command.By.Tenant, command.Terms, command.By.Interaction, command.Until - Limits.Joins.Lifetime, command.Until) { Actor = command.By.Actor };
        return Changed(state with { Requests = room.Add(asked) }, mark, new ConsentChange(ConsentChangeKind.Requested, By: command.By));
    }

    /// <summary>Decides: exactly what was asked, or less, or nothing. A yes opens the interaction in which it was asked. One that no longer waits, or whose interaction is over, is not found.</summary>
    /// <param name="state">The customer's consent.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="command">The decision.</param>
    /// <param name="interaction">The interaction in which it was asked, as it goes on now; absent: under the same id.</param>
    /// <param name="begunAt">When the interaction began; absent if it was asked in none.</param>
    /// <param name="now">The instant that counts.</param>
    public static Outcome<ConsentStep> DecideConsent(
        ConsentState state, CustomerKey customer, DecideConsent command, string? interaction, DateTimeOffset? begunAt, DateTimeOffset now)
    {
        var id = GrantId.For(customer, command.RequestId);
        return Once(state, command.RequestId, command, state.Find(id), mark =>
        {
            var waiting = Waiting(state, now);
            if (waiting.FirstOrDefault(request => request.Id == command.Request) is not { } asked)
            {
                return new Refusal(RefusalReason.NotFound, "consent_request_id", "no request that waits");
            }

            var settled = state with { Requests = state.Requests.Remove(asked) };
            if (!command.IsApproved)
            {
                var declined = state with { Requests = state.Requests.Replace(asked, asked with { IsDeclined = true }) };
                return Changed(declined, mark, new ConsentChange(ConsentChangeKind.RequestDeclined, Tenant: asked.Tenant));
            }

            if (!state.Preferences.OfAge)
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            var by = new TenantActor(asked.Tenant, ActorRole.Service, asked.Actor, interaction ?? asked.Interaction);
            if ((begunAt is { } began ? CallChanges.Opened(settled, by, began, now) : settled) is not { } opened)
            {
                return new Refusal(RefusalReason.NotFound, "consent_request_id", "its interaction is over");
            }

            var grant = Approved(opened, id, by, asked.Terms, command.Terms, now);
            if (command.IsProvisional && grant is { IsOk: true, Value.When: not GrantWhen.ThisCallOnly })
            {
                return new Refusal(RefusalReason.CallerNotAllowed, "terms.when", "without a sign-in it is for this call only");
            }

            return grant.IsOk ? Given(opened, grant.Value with { Notice = command.Notice }, mark, now) : grant.Refusal;
        });
    }

    /// <summary>The requests that wait at <paramref name="now"/>, oldest first.</summary>
    public static ImmutableArray<WaitingRequest> Waiting(ConsentState state, DateTimeOffset now) =>
        state.Requests.RemoveAll(request => now >= request.Until || request.IsDeclined);

    private static Outcome<Grant> Approved(ConsentState state, GrantId id, TenantActor by, GrantTerms asked, GrantTerms? terms, DateTimeOffset now)
    {
        var most = InCall(state, id, by, asked, now);
        if (!most.IsOk || terms is null)
        {
            return most;
        }

        var less = InCall(state, id, by, PresetRules.Changed(asked with { Until = most.Value.Until }, terms, state, by.Tenant), now);

        // The box for AI readers is the customer's alone to tick, so no company has asked for it.
        return !less.IsOk || (less.Value with { AiReaders = null }).IsWithin(most.Value)
            ? less
            : new Refusal(RefusalReason.InvalidArgument, "terms", "no more than was asked for");
    }

    /// <summary>An end that moves with the time of asking makes no difference.</summary>
    private static bool IsSame(WaitingRequest waiting, RequestConsent command) =>
        !waiting.IsDeclined
        && waiting.Tenant == command.By.Tenant
        && waiting.Interaction == command.By.Interaction
        && CanonicalJson.AreSame(waiting.Terms with { Until = null }, command.Terms with { Until = null });
}
