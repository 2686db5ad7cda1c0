using System.Collections.Immutable;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Domain.Briefs;

/// <summary>A question of the customer's that waits.</summary>
/// <param name="Matter">What it is about; absent if nothing is known.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="IsReaders">True if it was put to the reader; false: to somebody else.</param>
/// <param name="Evidence">Where it lives; at most one.</param>
internal sealed record Question(string? Matter, DateTimeOffset Since, bool IsReaders, ImmutableArray<EvidenceLink> Evidence)
{
    /// <summary>All that wait long enough to be told, and not so long that they count as given up: the reader's own first, then the latest, which a call is most likely about.</summary>
    public static ImmutableArray<Question> Of(ShownContext shown, DateTimeOffset now) =>
    [
        .. shown.Conversations
            .Where(conversation => conversation.WaitingSince is { } since && now - since >= Limits.Briefs.WaitingFrom && now - since < Limits.Briefs.WaitingUntil)
            .Select(conversation => new Question(
                Matters.Of(conversation.Topics), conversation.WaitingSince!.Value, conversation.Source.Tenant == shown.Reader || shown.Reader is null, Links(conversation)))
            .OrderByDescending(question => question.IsReaders)
            .ThenByDescending(question => question.Since),
    ];

    private static ImmutableArray<EvidenceLink> Links(ConversationContent conversation) =>
        conversation.Link is { } link ? [new EvidenceLink(link, conversation.Last, conversation.Source)] : [];
}
