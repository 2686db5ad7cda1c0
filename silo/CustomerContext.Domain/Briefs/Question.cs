using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Domain.Briefs;

/// <summary>A question of the customer's that waits, or a promise to them that was not kept in time.</summary>
/// <param name="Facet">Where it was read.</param>
/// <param name="Matter">What it is about; absent if nothing is known.</param>
/// <param name="Since">Since when it waits; of a promise, since when it is overdue.</param>
/// <param name="IsOverdue">True if it has waited too long.</param>
/// <param name="IsReaders">True if it was put to the reader, or promised by them; false: somebody else.</param>
/// <param name="Evidence">Where it lives; at most one.</param>
internal sealed record Question(
    Facet Facet, string? Matter, DateTimeOffset Since, bool IsOverdue, bool IsReaders, ImmutableArray<EvidenceLink> Evidence)
{
    /// <summary>
    /// All questions that wait long enough to be told, and not so long that they count as given up: the reader's own first; of these what is overdue, the longest first; then the latest, which a call
    /// is most likely about. From ATTENTION, which knows the answer time; from CONVERSATIONS where that is not shown. Several about one matter are one, which waits since the first of them.
    /// </summary>
    public static ImmutableArray<Question> Of(ShownContext shown, DateTimeOffset now) =>
    [
        .. (shown.ShowsWaiting ? FromAttention(shown, now) : FromConversations(shown, now))
            .Where(question => now - question.Since >= Limits.Briefs.WaitingFrom)
            .GroupBy(question => (question.Matter, question.IsReaders, Alone: question.Matter is null ? question : null))
            .Select(same => same.MinBy(question => question.Since)! with { IsOverdue = same.Any(question => question.IsOverdue) })
            .OrderByDescending(question => question.IsReaders)
            .ThenByDescending(question => question.IsOverdue)
            .ThenBy(question => question.IsOverdue ? question.Since : DateTimeOffset.MaxValue)
            .ThenByDescending(question => question.Since),
    ];

    /// <summary>The promises of companies that were not kept in time, the reader's own first, then the latest.</summary>
    public static IEnumerable<Question> Promises(ShownContext shown) => shown.Waiting
        .Where(item => item is { Kind: AttentionKind.Promise, By: Signals.Role.Agent, IsOverdue: true })
        .Select(item => Of(shown, item, item.Due!.Value, isOverdue: true))
        .OrderByDescending(promise => promise.IsReaders)
        .ThenByDescending(promise => promise.Since);

    private static IEnumerable<Question> FromAttention(ShownContext shown, DateTimeOffset now) => shown.Waiting
        .Where(item => item.Kind == AttentionKind.Question)
        .Select(item => Of(shown, item, item.Since, item.IsOverdue || now - item.Since >= Limits.Briefs.OverdueFrom));

    private static IEnumerable<Question> FromConversations(ShownContext shown, DateTimeOffset now) =>
        from conversation in shown.Conversations
        where conversation.WaitingSince is { } asked && !StageRules.IsGivenUp(asked, now)
        let since = conversation.WaitingSince!.Value
        select new Question(
            Facet.Conversations,
            Matters.Of(conversation.Topics),
            since,
            now - since >= Limits.Briefs.OverdueFrom,
            IsOf(shown, conversation.Source),
            conversation.Link is { } link ? [new EvidenceLink(link, conversation.Last, conversation.Source)] : []);

    private static Question Of(ShownContext shown, AttentionItem item, DateTimeOffset since, bool isOverdue) => new(
        Facet.Attention,
        Matters.Of(item.Topics),
        since,
        isOverdue,
        IsOf(shown, item.Source),
        item.Link is { } link ? [new EvidenceLink(link, item.Since, item.Source)] : []);

    private static bool IsOf(ShownContext shown, SourceId source) => shown.Reader is null || source.Tenant == shown.Reader;
}
