using System.Text.Json;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Topics;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>Builders: a customer, signals, views.</summary>
internal static class Given
{
    public static CustomerKey Customer { get; } = new("0123456789abcdef0123456789abcdef");

    public static SourceId Crm { get; } = new("acme/crm");

    /// <summary>A Thursday, 12:00 UTC, so also 12 hours into a week since the epoch.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 11, 19, 12, 0, 0, TimeSpan.Zero);

    public static ContextView All { get; } = View(DateTimeOffset.MinValue, "acme", "globex", "umbrella");

    public static ContextView View(DateTimeOffset since, params string[] tenants) =>
        ContextView.Of([new SourceWindow(SourceScope.Of(tenants.Select(tenant => new TenantId(tenant)), [SourceId.Customer]), since)]);

    public static ScoredSignal Turn(
        string id,
        DateTimeOffset at,
        int? score = null,
        int weight = 1_000,
        string conversation = "c1",
        Role role = Role.Customer,
        ConversationState state = ConversationState.Replied,
        SourceId? source = null,
        string? link = null,
        params string[] topics) => new(
            new ConversationSignal
            {
                Id = id,
                Source = source ?? Crm,
                OccurredAt = at,
                Link = link,
                ConversationId = conversation,
                Channel = "chat",
                Role = role,
                State = state,
                Counterparties = [new Counterparty(Role.Agent)],
                Topics = [.. topics],
            },
            score is { } known ? new Observation(known, weight, Provenance.Inferred) : null);

    public static ScoredSignal Survey(string id, DateTimeOffset at, double answer, SourceId? source = null, params string[] topics)
    {
        var signal = new SurveySignal { Id = id, Source = source ?? Crm, OccurredAt = at, Question = "csat", Answer = answer, ScaleMinimum = 1, ScaleMaximum = 5 };
        var scored = SignalScoring.Score(signal, null, new NoScorer(), TopicGate.OfTenant([]))!;
        return scored with { Signal = signal with { Topics = [.. topics] } };
    }

    public static ScoredSignal Behaviour(string id, DateTimeOffset at, BehaviourAction action, SourceId? source = null, params string[] topics) =>
        new(new BehaviourSignal { Id = id, Source = source ?? Crm, OccurredAt = at, Resource = "/help/1", Action = action, Topics = [.. topics] }, null);

    public static ScoredSignal Trait(string id, DateTimeOffset at, string name, string value, SourceId? source = null) =>
        new(new TraitSignal { Id = id, Source = source ?? Crm, OccurredAt = at, Name = name, Value = value }, null);

    /// <summary>What came of acme's interaction "call-1"; of another source's tenant its own.</summary>
    public static ScoredSignal Outcome(
        string id, DateTimeOffset at, InteractionResult result, string interaction = "call-1", SourceId? source = null, params string[] topics) => new(
            new OutcomeSignal
            {
                Id = id,
                Source = source ?? Crm,
                OccurredAt = at,
                Company = (source ?? Crm).Tenant ?? new TenantId("acme"),
                InteractionId = interaction,
                Result = result,
                Topics = [.. topics],
            },
            null);

    public static ScoredSignal Correction(
        string id, DateTimeOffset at, SourceId source, double? score = null, TopicCorrection? topic = null, TraitCorrection? trait = null) =>
        new(new CorrectionSignal { Id = id, Source = source, OccurredAt = at, Score = score, Topic = topic, Trait = trait }, null);

    public static Outcome<Applied> Apply(this CustomerState state, ScoredSignal signal) => CustomerRules.Apply(Customer, state, signal);

    public static CustomerState With(this CustomerState state, params IEnumerable<ScoredSignal> signals)
    {
        foreach (var signal in signals)
        {
            var outcome = state.Apply(signal);
            Assert.True(outcome.IsOk, $"{signal.Signal.Id}: {outcome.Refusal}");
            state = outcome.Value.State;
        }

        return state;
    }

    public static CustomerState State(params IEnumerable<ScoredSignal> signals) => CustomerState.Empty.With(signals);

    public static ContextSnapshot Seen(this CustomerState state, DateTimeOffset now, ContextView? view = null) =>
        SnapshotRules.Snapshot(state, view ?? All, now);

    /// <summary>Everything in it as text, to compare by value.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value);

    private sealed class NoScorer : Domain.Sentiment.ISentimentScorer
    {
        public Domain.Sentiment.TextScore Score(ReadOnlySpan<char> text, string? language) => throw new InvalidOperationException("There is no text.");
    }
}
