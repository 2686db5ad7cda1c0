using System.Collections.Immutable;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>
/// Tribes found from shared interests. What is found is only ever a proposal, explained by the topics shared; nobody is a member before saying yes. Topics are allowed ones: no others are kept of anybody.
/// </summary>
public static class FoundTribeRules
{
    /// <summary>
    /// The tribes to propose: those that share at least <see cref="Limits.FoundTribes.SharedTopics"/> topics with what is on the customer's mind (all of its topics, if it has fewer), most shared
    /// weight first. None to a customer who wants to be left alone, and none that is in <paramref name="answered"/>.
    /// </summary>
    /// <param name="tribes">All there are.</param>
    /// <param name="mind">The customer's topics.</param>
    /// <param name="answered">Tribes that the customer has joined, left or declined.</param>
    /// <param name="preferences">What the customer wants.</param>
    public static ImmutableArray<TribeProposal> Propose(
        IEnumerable<TribeTopics> tribes,
        TopOfMindContent mind,
        IReadOnlyCollection<string> answered,
        Preferences preferences)
    {
        if (preferences.LeaveMeAlone || !preferences.OfAge)
        {
            return [];
        }

        var weights = mind.Topics.Where(topic => topic.Weight >= Limits.FoundTribes.TopicWeight).ToDictionary(topic => topic.Topic, topic => topic.Weight);
        return
        [
            .. tribes
                .Where(tribe => !answered.Contains(tribe.Tribe))
                .Select(tribe => (tribe.Tribe, Shared: tribe.Topics.Where(weights.ContainsKey).ToImmutableArray(), tribe.Topics))
                .Where(match => !match.Shared.IsEmpty && match.Shared.Length >= Math.Min(Limits.FoundTribes.SharedTopics, match.Topics.Length))
                .OrderByDescending(match => match.Shared.Sum(topic => weights[topic]))
                .ThenBy(match => match.Tribe, StringComparer.Ordinal)
                .Take(Limits.FoundTribes.Proposals)
                .Select(match => new TribeProposal(match.Tribe, match.Shared)),
        ];
    }

    /// <summary>Found tribes that the customer is in and shares no topic with any more: to propose leaving, with the topics that have faded.</summary>
    public static ImmutableArray<TribeProposal> Faded(IEnumerable<TribeTopics> joinedFound, TopOfMindContent mind, Preferences preferences) => preferences.LeaveMeAlone
        ? []
        :
        [
            .. joinedFound
                .Where(tribe => !tribe.Topics.Intersect(mind.Topics.Select(topic => topic.Topic)).Any())
                .OrderBy(tribe => tribe.Tribe, StringComparer.Ordinal)
                .Take(Limits.FoundTribes.Proposals)
                .Select(tribe => new TribeProposal(tribe.Tribe, tribe.Topics)),
        ];
}

/// <summary>What a tribe is about.</summary>
/// <param name="Tribe">Its id.</param>
/// <param name="Topics">At least one, at most <see cref="Limits.FoundTribes.TribeTopics"/>.</param>
[GenerateSerializer, Immutable, Alias("TribeTopics")]
public sealed record TribeTopics([property: Id(0)] string Tribe, [property: Id(1)] ImmutableArray<string> Topics);

/// <summary>A tribe to join or leave, and why.</summary>
/// <param name="Tribe">Its id.</param>
/// <param name="Topics">The topics shared; of a tribe to leave, those that have faded.</param>
[GenerateSerializer, Immutable, Alias("TribeProposal")]
public sealed record TribeProposal([property: Id(0)] string Tribe, [property: Id(1)] ImmutableArray<string> Topics);
