using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Base = CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Attention;

/// <summary>Turns of one conversation, and what waits after them.</summary>
internal static class Given
{
    public static TenantId Acme { get; } = new("acme");

    public static DateTimeOffset Monday { get; } = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    public static IAnswerTimes Standard { get; } = new Times(AnswerTimes.Standard);

    public static ScoredSignal Tier(string tier, DateTimeOffset? at = null) => Base.Trait($"tier {tier}", at ?? Monday.AddDays(-90), TraitName.SupportTier, tier);

    public static ScoredSignal Turn(
        DateTimeOffset at, Role role, ConversationState state = ConversationState.Replied, DateTimeOffset? until = null, string conversation = "c1", string id = "")
    {
        var turn = Base.Turn($"{conversation} {at.Ticks} {id}", at, conversation: conversation, role: role, state: state, link: "https://forum.example/1", topics: ["router"]);
        return turn with { Signal = (ConversationSignal)turn.Signal with { PromisedUntil = until } };
    }

    /// <summary>What acme, or the customer, sees waiting; as "Question Waiting", most urgent first.</summary>
    public static string[] Waiting(this CustomerState state, DateTimeOffset now, IAnswerTimes? times = null) =>
        [.. Items(state, now, times).Select(item => $"{item.Kind} {item.Stage}")];

    public static AttentionItem[] Items(this CustomerState state, DateTimeOffset now, IAnswerTimes? times = null) =>
        [.. AttentionView.Of(state, Base.All, Acme, times ?? Standard, now)];

    /// <summary>The same times for every company.</summary>
    public sealed class Times(AnswerTimes all) : IAnswerTimes
    {
        public object Version => all;

        public AnswerTimes Of(TenantId tenant) => all;
    }
}
