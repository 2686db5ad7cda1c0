using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// A score is SENTIMENT wherever it stands. What is shown without SENTIMENT holds no score, no direction, and no like or dislike that was made from a feeling; what
/// somebody said that they like stays.
/// </summary>
public static class ScoreCut
{
    /// <summary>True if scores may stand in what is shown together as <paramref name="facets"/>, from the same sources.</summary>
    public static bool Keeps(FacetSet facets) => facets.Contains(Facet.Sentiment);

    /// <summary>What of <paramref name="snapshot"/> may be shown as <paramref name="facets"/>. Nothing may be made of a snapshot for a reader before it has been here.</summary>
    public static ContextSnapshot Of(ContextSnapshot snapshot, FacetSet facets) => Keeps(facets) ? snapshot : snapshot with
    {
        Sentiment = SentimentContent.Nothing,
        TopOfMind = snapshot.TopOfMind with
        {
            Topics = [.. snapshot.TopOfMind.Topics.Select(topic => topic with { Score = null, Confidence = null })],
            Likes = Said(snapshot.TopOfMind.Likes),
            Dislikes = Said(snapshot.TopOfMind.Dislikes),
        },
        Conversations = [.. snapshot.Conversations.Select(conversation => conversation with { Sentiment = default })],
    };

    private static ImmutableArray<LikedTopic> Said(ImmutableArray<LikedTopic> liked) => [.. liked.Where(topic => topic.IsSaid)];
}
