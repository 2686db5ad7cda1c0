using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;

namespace CustomerContext.Domain.Consents;

/// <summary>Networks: they send and never read.</summary>
public static partial class ConsentRules
{
    /// <summary>Lets a network send what the customer says there. Grants show it only where each of them is changed to; an account already connected changes nothing, but that it may collect again.</summary>
    /// <param name="state">The customer's consent.</param>
    /// <param name="command">Which network, which account.</param>
    /// <param name="account">The account as an identifier of the customer inside that network.</param>
    /// <param name="now">The instant that counts.</param>
    public static Outcome<ConsentStep> ConnectNetwork(ConsentState state, ConnectNetwork command, LinkedIdentifier account, DateTimeOffset now) =>
        Once(state, command.RequestId, command, repeated: null, mark =>
        {
            if (!state.Preferences.OfAge)
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            if (IsMissed(state, command.Expected))
            {
                return new Refusal(RefusalReason.VersionMismatch);
            }

            if (command.Grants.Any(id => state.Find(id) is not { } grant || grant.HasEnded(now)))
            {
                return new Refusal(RefusalReason.NotFound, "grant_ids", "live grants only");
            }

            var known = state.Networks.FirstOrDefault(one => one.Network == command.Network && one.Account == command.Account);
            if (known is not null && state.Preferences.Collect.Tenants.Contains(command.Network))
            {
                return new ConsentStep(state, null);
            }

            var collect = state.Preferences.Collect.Union(SourceScope.OwnOf(command.Network));
            if (collect.Count > Limits.Consents.CollectEntries || (known is null && (state.Networks.Length >= Limits.Calls.Networks || state.Networks.Any(other => other.Network == command.Network) || !HasRoom(state))))
            {
                return new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Calls.Networks} networks, each with one account");
            }

            var connected = state with
            {
                // What it had sent went when it was not to collect any more, so it counts anew.
                Networks = (known is null ? state.Networks : state.Networks.Remove(known)).Add(new ConnectedNetwork(command.Network, command.Account, now)),
                Preferences = state.Preferences with { Collect = collect },
            };
            return With(Changed(connected, mark, new ConsentChange(ConsentChangeKind.NetworkConnected, Tenant: command.Network)), [account]);
        });

    /// <summary>Disconnects a network, from every grant too. A grant that showed nothing else is taken back, for one without sources would show something again.</summary>
    public static Outcome<ConsentStep> DisconnectNetwork(ConsentState state, DisconnectNetwork command, DateTimeOffset now) =>
        Once(state, command.RequestId, command, repeated: null, mark =>
        {
            if (state.Networks.All(known => known.Network != command.Network))
            {
                return new ConsentStep(state, null);
            }

            var left = state with
            {
                Networks = state.Networks.RemoveAll(known => known.Network == command.Network),
                Preferences = state.Preferences with { Collect = state.Preferences.Collect.Without(command.Network) },
                Grants = [.. state.Grants.Select(grant => Without(grant, command.Network, now))],
            };
            return Changed(left, mark, new ConsentChange(ConsentChangeKind.NetworkDisconnected, Tenant: command.Network));
        });

    private static Grant Without(Grant grant, TenantId network, DateTimeOffset now)
    {
        var scope = grant.Scope.Without(network);
        return scope.Equals(grant.Scope) || grant.HasEnded(now) ? grant
            : scope.Count == 0 ? grant with { RevokedAt = now, UpdatedAt = now }
            : grant with { Sources = scope, UpdatedAt = now };
    }
}
