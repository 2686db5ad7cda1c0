using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Attention;

/// <summary>Why something needs attention. The numbers are those of the public contract.</summary>
public enum AttentionKind
{
    /// <summary>The customer asked, and nobody answered.</summary>
    Question = 1,

    /// <summary>Somebody promised something and has not done it.</summary>
    Promise = 2,

    /// <summary>Somebody put an idea forward, and nobody reacted.</summary>
    Idea = 3,
}

/// <summary>One thing that waits.</summary>
/// <param name="Kind">Why it needs attention.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Source">Who told of the conversation.</param>
/// <param name="Conversation">The source's id of it.</param>
/// <param name="By">Who asked, promised or put it forward.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="Deadline">When it is or was due; absent if no time is set for it.</param>
/// <param name="Channel">Coded.</param>
/// <param name="Topics">What the conversation is about.</param>
/// <param name="Link">Where it lives; absent if not known, or not shown.</param>
[GenerateSerializer, Immutable, Alias("AttentionItem")]
public sealed record AttentionItem(
    [property: Id(0)] AttentionKind Kind,
    [property: Id(1)] AttentionStage Stage,
    [property: Id(2)] SourceId Source,
    [property: Id(3)] string Conversation,
    [property: Id(4)] Role By,
    [property: Id(5)] DateTimeOffset Since,
    [property: Id(6)] Deadline? Deadline,
    [property: Id(7)] string Channel,
    [property: Id(8)] ImmutableArray<string> Topics,
    [property: Id(9)] string? Link)
{
    /// <summary>The work of the reader's that stands for it; absent if there is none.</summary>
    [Id(10)]
    public string? WorkId { get; init; }

    /// <summary>Unix milliseconds of the turn that ended the question before this one; 0 if there is none, or it is no question.</summary>
    [Id(11)]
    public long AnsweredAt { get; init; }

    /// <summary>Who of the reader's company could answer it, best first; none if it is not the reader's work.</summary>
    [Id(12)]
    public ImmutableArray<RosterEntry> CouldAnswer { get; init; } = [];

    /// <summary>When it is or was due; absent if no time is set for it.</summary>
    public DateTimeOffset? Due => Deadline?.Due;

    /// <summary>True if it is the company of the conversation that has to do something: what the customer asked or put forward, and what was promised to them.</summary>
    public bool IsWork => (Kind, By) is (AttentionKind.Question, _) or (AttentionKind.Promise, Role.Agent) or (AttentionKind.Idea, Role.Customer);

    /// <summary>True if it has waited too long.</summary>
    public bool IsOverdue => Stage is AttentionStage.Overdue or AttentionStage.Escalated;
}

/// <summary>The facet ATTENTION: what waits of one customer.</summary>
public static class AttentionView
{
    /// <summary>
    /// What of <paramref name="state"/> waits, most urgent first, at most <see cref="Limits.Attention.Items"/>: what is overdue, that which was due first before the rest; then what waits
    /// longest. Never by mood or standing.
    /// </summary>
    /// <param name="state">The customer.</param>
    /// <param name="view">What is seen of them.</param>
    /// <param name="reader">The company that looks; absent for the customer. A company sees no times of another: they would tell the customer's tier there.</param>
    /// <param name="times">How soon companies answer.</param>
    /// <param name="now">The instant that counts.</param>
    public static ImmutableArray<AttentionItem> Of(CustomerState state, ContextView view, TenantId? reader, IAnswerTimes times, DateTimeOffset now) =>
    [
        .. OutcomeRules.Settle(state, view).Sources
            .SelectMany(source => OfSource(state, source, view, reader, times, now))
            .OrderByDescending(item => item.IsOverdue)
            .ThenBy(item => item.IsOverdue ? item.Due : item.Since)
            .ThenBy(item => item.Source.Value, StringComparer.Ordinal)
            .ThenBy(item => item.Conversation, StringComparer.Ordinal)
            .ThenBy(item => item.Kind)
            .Take(Limits.Attention.Items),
    ];

    private static IEnumerable<AttentionItem> OfSource(
        CustomerState state, SourceContext source, ContextView view, TenantId? reader, IAnswerTimes times, DateTimeOffset now)
    {
        if (view.Since(source.Source) is not { } start)
        {
            return [];
        }

        // Whether the company may see the tier elsewhere does not matter: it told us the tier itself.
        var own = source.Source.Tenant is { } tenant && (reader is null || reader == tenant) ? tenant : default(TenantId?);
        var time = own is { } company ? times.Of(company).Of(TierOf(state, company)) : null;
        return source.Conversations
            .SelectMany(conversation => OfConversation(source.Source, conversation, new SeenFrom(start, view.ShowsLinks(source.Source)), time))
            .Where(item => !StageRules.IsGivenUp(item.Kind == AttentionKind.Promise ? item.Due!.Value : item.Since, now))
            .Select(item => item with { Stage = StageRules.At(item.Deadline, now) });
    }

    private static IEnumerable<AttentionItem> OfConversation(SourceId source, Conversation conversation, SeenFrom seen, AnswerTime? time)
    {
        var open = ConversationMachine.After(conversation.Turns.Where(turn => seen.Has(turn.Stamp)).ToArray());
        if (open.Question is { } asked)
        {
            yield return Item(AttentionKind.Question, Role.Customer, asked, time is null ? null : StageRules.DeadlineOf(Time(asked) + time.Answer, time)) with { AnsweredAt = conversation.AnsweredAt };
        }

        if (open.Promise is { } promise)
        {
            yield return Item(AttentionKind.Promise, promise.By, promise.At, StageRules.DeadlineOf(Time(promise.Until), time));
        }

        if (open.Idea is { } idea)
        {
            yield return Item(AttentionKind.Idea, idea.By, idea.At, null);
        }

        AttentionItem Item(AttentionKind kind, Role by, long since, Deadline? deadline) => new(
            kind,
            AttentionStage.Waiting,
            source,
            conversation.Id,
            by,
            Time(since),
            deadline,
            conversation.Channel,
            seen.Has(conversation.TopicsFrom) ? conversation.Topics : [],
            seen.ShowsLinks && seen.Has(conversation.LinkFrom) ? conversation.Link : null);
    }

    /// <summary>The support tier that the company's own systems told last; absent if none, or if they took it back.</summary>
    private static string? TierOf(CustomerState state, TenantId company) => state.Sources
        .Where(source => source.Source.Tenant == company)
        .SelectMany(source => source.Traits)
        .Where(trait => trait.Name == TraitName.SupportTier)
        .MaxBy(trait => trait.Stamp)?.Value is { Length: > 0 } tier ? tier : null;

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>What is seen of a source: from when on, and whether with links.</summary>
    private readonly record struct SeenFrom(DateTimeOffset Start, bool ShowsLinks)
    {
        public bool Has(Stamp stamp) => Time(stamp.At) >= Start;
    }
}
