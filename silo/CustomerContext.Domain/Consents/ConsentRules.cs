using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Interactions;

namespace CustomerContext.Domain.Consents;

/// <summary>
/// How consent changes. A repeat (same request id, same content) changes nothing and gives the grant as it is now; the same id with other content
/// is refused. Giving needs
/// <see cref="Preferences.OfAge"/>; taking back, narrowing and pausing never do.
/// </summary>
public static partial class ConsentRules
{
    /// <summary>Changes the preferences; what the customer's token proves to be theirs is attached in the same step.</summary>
    /// <param name="state">The customer's consent.</param>
    /// <param name="command">The preferences.</param>
    /// <param name="own">The identifiers that the token proves.</param>
    public static Outcome<ConsentStep> SetPreferences(ConsentState state, SetPreferences command, ImmutableArray<LinkedIdentifier> own)
    {
        var set = SetPreferences(state, command);
        return set.IsOk ? With(set.Value, own) : set;
    }

    /// <summary>Changes the preferences. What only takes something back does not look at the expected version.</summary>
    public static Outcome<ConsentStep> SetPreferences(ConsentState state, SetPreferences command)
    {
        var wanted = command.Preferences.Over(state.Preferences, command.Fields);
        return Once(state, command.RequestId, command, repeated: null, mark =>
        {
            if (wanted.Collect.Count > Limits.Consents.CollectEntries)
            {
                return new Refusal(RefusalReason.InvalidArgument, "preferences.collect", $"at most {Limits.Consents.CollectEntries}");
            }

            if (wanted.Contribute.Any(purpose => PurposeTable.Find(purpose) is null))
            {
                return new Refusal(RefusalReason.InvalidArgument, "preferences.contribute", "unknown purpose");
            }

            if (!wanted.OfAge && !IsWithin(wanted, state.Preferences))
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            var isYes = wanted.OfAge && !state.Preferences.OfAge || !IsWithin(wanted, state.Preferences);
            if (isYes && IsMissed(state, command.Expected))
            {
                return new Refusal(RefusalReason.VersionMismatch);
            }

            return CanonicalJson.AreSame(wanted, state.Preferences)
                ? new ConsentStep(state, null)
                : Changed(state with { Preferences = wanted }, mark, new ConsentChange(ConsentChangeKind.PreferencesSet, Preferences: wanted) { Notice = isYes ? command.Notice : null });
        });
    }

    /// <summary>Pauses everything, or ends the pause.</summary>
    public static Outcome<ConsentStep> PauseAll(ConsentState state, PauseAll command, DateTimeOffset now) =>
        Once(state, command.RequestId, command, repeated: null, mark => command.Paused switch
        {
            true when state.PausedAt is null => Changed(state with { PausedAt = now }, mark, new ConsentChange(ConsentChangeKind.Paused)),
            false when state.PausedAt is not null && !state.Preferences.OfAge => new Refusal(RefusalReason.NotOfAge),
            false when state.PausedAt is not null => Changed(state with { PausedAt = null }, mark, new ConsentChange(ConsentChangeKind.Resumed)),
            _ => new ConsentStep(state, null),
        });

    /// <summary>True if <paramref name="tenant"/> has any grant that is live now, and nothing is paused.</summary>
    public static bool HasLiveGrant(ConsentState state, TenantId tenant, DateTimeOffset now) =>
        state is { PausedAt: null, Preferences.OfAge: true }
        && state.Grants.Any(grant => grant.Tenant == tenant && grant.From <= now && !grant.HasEnded(now));

    /// <summary>"Yes, I'm talking to them now", or no longer: for <see cref="Limits.Calls.Longest"/> the customer and the tenant count as talking.</summary>
    public static Outcome<ConsentStep> SetConversation(ConsentState state, SetConversation command, DateTimeOffset now) =>
        Once(state, command.RequestId, command, repeated: null, mark =>
        {
            var others = state.Talking.RemoveAll(one => one.Tenant == command.Tenant || now >= one.Until);
            if (!command.IsOpen)
            {
                return state.Talking.All(one => one.Tenant != command.Tenant)
                    ? new ConsentStep(state, null)
                    : Changed(state with { Talking = others }, mark, new ConsentChange(ConsentChangeKind.ConversationClosed, Tenant: command.Tenant));
            }

            if (!state.Preferences.OfAge)
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            return others.Length >= Limits.Calls.Talking
                ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Calls.Talking} conversations at once")
                : Changed(
                    state with { Talking = others.Add(new OpenedConversation(command.Tenant, now + Limits.Calls.Longest)) },
                    mark,
                    new ConsentChange(ConsentChangeKind.ConversationOpened, Tenant: command.Tenant));
        });

    internal static bool IsWithin(Preferences one, Preferences other) =>
        other.Collect.Covers(one.Collect)
        && one.Contribute.All(purpose => other.Contribute.Contains(purpose))
        && (other.Publish || !one.Publish)
        && (other.Ask || !one.Ask)
        && (other.ContributeReading || !one.ContributeReading)
        && (other.MayBeContacted || !one.MayBeContacted);

    /// <summary>True if consent has changed since what the customer saw when they decided.</summary>
    private static bool IsMissed(ConsentState state, long? expected) => expected is { } epoch && epoch != state.Epoch;

    /// <summary>Carries a command out once: a repeat changes nothing and gives <paramref name="repeated"/>; the same id with other content is refused.</summary>
    internal static Outcome<ConsentStep> Once<TCommand>(
        ConsentState state, string requestId, TCommand command, Grant? repeated, Func<RecentRequest, Outcome<ConsentStep>> change)
    {
        if (requestId.Length is 0 or > Limits.Consents.RequestIdLength)
        {
            return new Refusal(RefusalReason.InvalidArgument, "request_id", $"1 to {Limits.Consents.RequestIdLength} characters");
        }

        var mark = new RecentRequest(requestId, CanonicalJson.Hash(command));
        foreach (var known in state.RecentRequests)
        {
            if (known.RequestId == requestId)
            {
                return known == mark ? new ConsentStep(state, null, repeated) : new Refusal(RefusalReason.RequestIdReused);
            }
        }

        return change(mark);
    }

    private static ConsentStep Changed(ConsentState state, RecentRequest mark, ConsentChange change) =>
        Moved(state with { RecentRequests = RecentRequests.With(state.RecentRequests, mark) }, change);

    /// <summary>A change that no request id stands for.</summary>
    private static ConsentStep Moved(ConsentState state, ConsentChange change) =>
        new(state with { Epoch = state.Epoch + 1 }, change, change.Grant);
}
