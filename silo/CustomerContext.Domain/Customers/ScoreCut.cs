using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// A score is SENTIMENT wherever it stands. What is shown without SENTIMENT holds no score, no direction, and no like or dislike that was made from a feeling; what
/// somebody said that they like stays. And without CONVERSATIONS it holds no conversation: what is made of it, a tribe's advice for example, cannot tell of a question then.
/// </summary>
public static class ScoreCut
{
    private static readonly FacetSet _deciding = FacetSet.Of(Facet.Sentiment, Facet.Conversations);

    /// <summary>Which of <paramref name="facets"/>, shown together from the same sources, decide what is cut.</summary>
    public static FacetSet Keeps(FacetSet facets) => facets.Intersect(_deciding);

    /// <summary>What of <paramref name="snapshot"/> may be shown as <paramref name="facets"/>. Nothing may be made of a snapshot for a reader before it has been here.</summary>
    public static ContextSnapshot Of(ContextSnapshot snapshot, FacetSet facets)
    {
        var scored = facets.Contains(Facet.Sentiment) ? snapshot : WithoutScores(snapshot);
        return facets.Contains(Facet.Conversations) ? scored : scored with { Conversations = [], Outcomes = [] };
    }

    private static ContextSnapshot WithoutScores(ContextSnapshot snapshot) => snapshot with
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
