using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Wording;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>How long an answer may be, for a reader that pays for every word.</summary>
/// <param name="Tokens">At most so many tokens, as <see cref="AnswerRoomRules.TokensOf"/> estimates them; the brief is there even if it alone takes more.</param>
/// <param name="Language">The language of the brief's words.</param>
[GenerateSerializer, Immutable, Alias("AnswerRoom")]
public sealed record AnswerRoom([property: Id(0)] int Tokens, [property: Id(1)] Language Language);

/// <summary>What an answer leaves out that may not be long.</summary>
public static class AnswerRoomRules
{
    /// <summary>What helps most in a conversation first: what waits, what they want and do not want, how they feel, what about; then what others feel and found.</summary>
    private static readonly ImmutableArray<Facet> _byWeight =
    [
        Facet.Attention, Facet.Situation, Facet.Sentiment, Facet.TopOfMind, Facet.Conversations, Facet.Help, Facet.Network, Facet.Tribes, Facet.Influence,
    ];

    /// <summary>About how many tokens so many bytes of JSON are.</summary>
    public static int TokensOf(int bytes) => (bytes + Limits.AiReaders.BytesPerToken - 1) / Limits.AiReaders.BytesPerToken;

    /// <summary>The facets that fit: by weight, until one does not.</summary>
    /// <param name="shown">The facets that could be shown.</param>
    /// <param name="room">How long the answer may be.</param>
    /// <param name="brief">Tokens of the brief, which goes first.</param>
    /// <param name="tokensOf">Tokens of a facet.</param>
    public static FacetSet Fitting(FacetSet shown, AnswerRoom room, int brief, Func<Facet, int> tokensOf)
    {
        var (left, fitting) = (room.Tokens - brief, FacetSet.None);
        foreach (var facet in _byWeight.Where(shown.Contains))
        {
            left -= tokensOf(facet);
            if (left < 0)
            {
                break;
            }

            fitting = fitting.Union(FacetSet.Of(facet));
        }

        return fitting;
    }
}
