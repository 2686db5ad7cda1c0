using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>Another customer in one of a customer's conversations.</summary>
/// <param name="Source">Who told us of the conversation.</param>
/// <param name="Conversation">The source's id of it.</param>
/// <param name="Place">Which of its counterparties, from 0.</param>
/// <param name="At">Unix milliseconds of the latest turn, which named them.</param>
/// <param name="Customer">Who they are.</param>
[GenerateSerializer, Immutable, Alias("Mention")]
public readonly record struct Mention(
    [property: Id(0)] SourceId Source,
    [property: Id(1)] string Conversation,
    [property: Id(2)] int Place,
    [property: Id(3)] long At,
    [property: Id(4)] CustomerKey Customer);

/// <summary>A counterparty of a shown conversation who allows to be named.</summary>
/// <param name="Conversation">Which of the conversations that are shown, from 0.</param>
/// <param name="Place">Which of its counterparties, from 0.</param>
/// <param name="Customer">Who they are.</param>
[GenerateSerializer, Immutable, Alias("NamedCounterparty")]
public readonly record struct NamedCounterparty([property: Id(0)] int Conversation, [property: Id(1)] int Place, [property: Id(2)] CustomerKey Customer);

/// <summary>
/// Who of the people in a customer's conversations is named to a company. It takes both: the customer grants CONVERSATIONS, and the other one would show the same company the same
/// turn, for the same purpose and now. What either alone does not allow leaves a role without a name.
/// </summary>
public static class MentionRules
{
    /// <summary>True if any conversation names somebody: then it takes a look at who of them allows it.</summary>
    public static bool NamesAnybody(CustomerState state)
    {
        foreach (var source in state.Sources)
        {
            foreach (var conversation in source.Conversations)
            {
                foreach (var counterparty in conversation.Counterparties)
                {
                    if (counterparty.Customer is not null)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>The other customers in the conversations that <paramref name="decision"/> shows, whether or not they allow it; at most 8 in each of 5.</summary>
    public static ImmutableArray<Mention> Of(CustomerState state, ReadDecision decision, CustomerKey me, DateTimeOffset now) =>
        [.. decision.Slices.SelectMany(slice => Shown(state, slice, me, now)).Select(one => one.Mention)];

    /// <summary>Who is named in the conversations that <paramref name="slice"/> shows: those of whom the very same is <paramref name="allowed"/>, for a turn may have come since they were asked.</summary>
    public static ImmutableArray<NamedCounterparty> Named(CustomerState state, GrantedSlice slice, CustomerKey me, ImmutableArray<Mention> allowed, DateTimeOffset now) =>
    [
        .. Shown(state, slice, me, now)
            .Where(one => allowed.Contains(one.Mention))
            .Select(one => new NamedCounterparty(one.Conversation, one.Mention.Place, one.Mention.Customer)),
    ];

    /// <summary>Those of <paramref name="mentions"/> that the one who is named allows.</summary>
    /// <param name="mentions">Of one and the same person.</param>
    /// <param name="consent">That person's consent.</param>
    /// <param name="decision">What that person would show the same company for the same purpose now.</param>
    /// <param name="now">The instant that counts.</param>
    public static ImmutableArray<Mention> Allowed(ImmutableArray<Mention> mentions, ConsentState consent, ReadDecision decision, DateTimeOffset now) =>
        [.. mentions.Where(mention => consent.Collects(mention.Source, now) && decision.Slices.Any(slice => Shows(slice, mention)))];

    private static IEnumerable<(int Conversation, Mention Mention)> Shown(CustomerState state, GrantedSlice slice, CustomerKey me, DateTimeOffset now)
    {
        var shown = slice.Facets.Contains(Facet.Conversations) ? ConversationsView.Newest(Seen.Of(state, slice.View, now.ToUnixTimeSeconds())) : [];
        foreach (var (at, (source, conversation)) in shown.Index())
        {
            foreach (var (place, counterparty) in conversation.Counterparties.Index())
            {
                if (counterparty.Customer is { } customer && customer != me)
                {
                    yield return (at, new Mention(source.Context.Source, conversation.Id, place, conversation.Turns[^1].Stamp.At, customer));
                }
            }
        }
    }

    private static bool Shows(GrantedSlice slice, Mention mention) =>
        slice.Facets.Contains(Facet.Conversations) && slice.View.Since(mention.Source) is { } since && DateTimeOffset.FromUnixTimeMilliseconds(mention.At) >= since;
}
