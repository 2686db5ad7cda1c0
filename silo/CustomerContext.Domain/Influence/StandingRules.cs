using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Domain.Influence;

/// <summary>How a customer's influence compares with that of the other members of their tribes, as of the tribes' last releases.</summary>
public static class StandingRules
{
    /// <summary>The highest standing that any of <paramref name="tribes"/> gives; everyone, where the topic is not among a tribe's top topics or the tribe is small.</summary>
    public static Standing Of(TopicInfluence influence, IEnumerable<TribeRelease> tribes)
    {
        var steps = influence.Score * (long)Limits.Groups.ScoreSteps / Thousandths.One;
        var standing = Standing.Everyone;
        foreach (var cut in tribes.SelectMany(tribe => tribe.Cuts).Where(cut => cut.Topic == influence.Topic))
        {
            var here = steps >= cut.LeadingVoice ? Standing.LeadingVoice : steps >= cut.ListenedTo ? Standing.ListenedTo : Standing.Everyone;
            standing = here > standing ? here : standing;
        }

        return standing;
    }

    /// <summary>Topics as they are shown: highest standing first, then by name; at most 16.</summary>
    public static ImmutableArray<(TopicInfluence Influence, Standing Standing)> Shown(InfluenceState state, ImmutableArray<TribeRelease> tribes, DateTimeOffset now) =>
    [
        .. InfluenceRules.Of(state, now)
            .Select(influence => (Influence: influence, Standing: Of(influence, tribes)))
            .OrderByDescending(topic => topic.Standing)
            .ThenBy(topic => topic.Influence.Topic, StringComparer.Ordinal),
    ];
}

/// <summary>How much a voice counts. The numbers are those of the public contract.</summary>
public enum Standing
{
    /// <summary>Like everyone.</summary>
    Everyone = 1,

    /// <summary>Top 10 % of a tribe of at least 100.</summary>
    ListenedTo = 2,

    /// <summary>Top 1 % of a tribe of at least 100.</summary>
    LeadingVoice = 3,
}
