using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>What one side said came of an interaction; the latest word of each source.</summary>
/// <param name="Company">Whose interaction.</param>
/// <param name="Interaction">The company's id of it.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Topics">What it was about; at most 8.</param>
/// <param name="Stamp">When that was said.</param>
[GenerateSerializer, Immutable, Alias("SaidOutcome")]
public sealed record SaidOutcome(
    [property: Id(0)] TenantId Company,
    [property: Id(1)] string Interaction,
    [property: Id(2)] InteractionResult Result,
    [property: Id(3)] ImmutableArray<string> Topics,
    [property: Id(4)] Stamp Stamp);

/// <summary>What came of an interaction, as both sides said it.</summary>
/// <param name="Company">Whose interaction.</param>
/// <param name="Interaction">The company's id of it.</param>
/// <param name="Topics">What it was about: of the latest word that named any.</param>
/// <param name="ByCompany">The company's word; absent if it said nothing.</param>
/// <param name="ByCustomer">The customer's word; absent if they said nothing.</param>
/// <param name="Result">The latest word of the two: it counts.</param>
/// <param name="At">When that was said.</param>
[GenerateSerializer, Immutable, Alias("InteractionOutcome")]
public sealed record InteractionOutcome(
    [property: Id(0)] TenantId Company,
    [property: Id(1)] string Interaction,
    [property: Id(2)] ImmutableArray<string> Topics,
    [property: Id(3)] InteractionResult? ByCompany,
    [property: Id(4)] InteractionResult? ByCustomer,
    [property: Id(5)] InteractionResult Result,
    [property: Id(6)] Stamp At);

/// <summary>
/// What came of interactions, and what that ends: one that solved its matter answers what waited for the company on the same topics. That is worked out at each look and never written into a conversation. So the
/// order in which signals come does not matter, as long as the words are kept, and once the other side says that nothing was solved, a question waits again since it was asked.
/// </summary>
public static class OutcomeRules
{
    /// <summary>The state with one more word; of each source the latest on each interaction is kept, of the latest <see cref="Limits.Customers.OutcomesKept"/> of each company.</summary>
    internal static CustomerState Take(CustomerState state, OutcomeSignal signal, Stamp stamp)
    {
        var source = state.Find(signal.Source)!;
        var known = source.Outcomes.FirstOrDefault(said => (said.Company, said.Interaction) == (signal.Company, signal.InteractionId));
        return known?.Stamp >= stamp ? state : state.With(source with
        {
            Outcomes =
            [
                .. source.Outcomes.Where(said => said != known)
                    .Append(new SaidOutcome(signal.Company, signal.InteractionId, signal.Result, signal.Topics, stamp))
                    .GroupBy(said => said.Company)
                    .SelectMany(ofCompany => ofCompany.OrderByDescending(said => said.Stamp).Take(Limits.Customers.OutcomesKept))
                    .OrderByDescending(said => said.Stamp),
            ],
        });
    }

    /// <summary>
    /// What is seen of interactions, that with the latest word first. The customer's own word is addressed to the company: whoever may see nothing that the company sent does not see it either.
    /// </summary>
    /// <param name="state">The customer.</param>
    /// <param name="view">What is seen of them; absent: everything.</param>
    public static ImmutableArray<InteractionOutcome> Of(CustomerState state, ContextView? view) =>
    [
        .. state.Sources
            .SelectMany(source => Since(view, source.Source) is { } start ? source.Outcomes.Where(said => Time(said.Stamp) >= start).Select(said => (source.Source, Said: said)) : [])
            .GroupBy(one => (one.Said.Company, one.Said.Interaction))
            .Where(words => view?.SeesAnyOf(words.Key.Company) != false)
            .Select(words => Together([.. words.OrderByDescending(one => one.Said.Stamp)]))
            .OrderByDescending(outcome => outcome.At),
    ];

    /// <summary>The state with what was solved counted as answered, as far as both the question and the word are seen; the same if nothing was.</summary>
    public static CustomerState Settle(CustomerState state, ContextView? view)
    {
        if (state.Sources.All(source => source.Outcomes.IsEmpty))
        {
            return state;
        }

        var solved = Of(state, view).Where(outcome => outcome.Result == InteractionResult.Solved).ToArray();
        return solved.Length == 0 ? state : state with
        {
            Sources =
            [
                .. state.Sources.Select(source => Since(view, source.Source) is not { } start ? source : source with
                {
                    Conversations = [.. source.Conversations.Select(conversation => solved.Where(outcome => outcome.Company == source.Source.Tenant)
                        .Aggregate(conversation, (one, outcome) => Settle(one, outcome, start)))],
                }),
            ],
        };
    }

    private static DateTimeOffset? Since(ContextView? view, SourceId source) => view is null ? DateTimeOffset.MinValue : view.Since(source);

    private static InteractionOutcome Together((SourceId Source, SaidOutcome Said)[] words) => new(
        words[0].Said.Company,
        words[0].Said.Interaction,
        words.Select(one => one.Said.Topics).FirstOrDefault(topics => !topics.IsEmpty, []),
        Word(words, byCustomer: false),
        Word(words, byCustomer: true),
        words[0].Said.Result,
        words[0].Said.Stamp);

    private static InteractionResult? Word((SourceId Source, SaidOutcome Said)[] words, bool byCustomer) =>
        words.Where(one => (one.Source == SourceId.Customer) == byCustomer).Select(one => (InteractionResult?)one.Said.Result).FirstOrDefault();

    /// <summary>A question or promise that waited at that moment is answered by it, if all that the conversation is about is among the topics of the interaction.</summary>
    private static Conversation Settle(Conversation conversation, InteractionOutcome outcome, DateTimeOffset start)
    {
        var before = conversation.Turns.Where(turn => Time(turn.Stamp) >= start && turn.Stamp < outcome.At).ToArray();
        var isAbout = !conversation.Topics.IsEmpty && Time(conversation.TopicsFrom) >= start && conversation.Topics.All(topic => outcome.Topics.Contains(topic));
        return !isAbout || ConversationMachine.After(before) is { Question: null, Promise: null } ? conversation : conversation with
        {
            Turns = [.. conversation.Turns.Append(new Turn(outcome.At, Role.Agent, ConversationState.Answered, 0, 0)).OrderBy(turn => turn.Stamp)],
            AnsweredAt = Math.Max(conversation.AnsweredAt, outcome.At.At),
        };
    }

    private static DateTimeOffset Time(Stamp stamp) => DateTimeOffset.FromUnixTimeMilliseconds(stamp.At);
}
