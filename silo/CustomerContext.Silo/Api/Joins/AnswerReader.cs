using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Joins;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Signals;
using CustomerContext.Silo.Api.Signals;
using CustomerContext.V1;
using ConversationSignal = CustomerContext.Domain.Signals.ConversationSignal;
using Signal = CustomerContext.Domain.Signals.Signal;
using TraitSignal = CustomerContext.Domain.Signals.TraitSignal;

namespace CustomerContext.Silo.Api.Joins;

/// <summary>Reads the answers beside a yes: they obey the rules of the customer's own signals, which they become.</summary>
internal sealed class AnswerReader(ISentimentScorer scorer, TopicGates gates, TimeProvider time)
{
    /// <summary>The answers, with the topics that pass; refused if a value breaks a rule.</summary>
    public Outcome<JoinAnswers> Read(AcceptJoinRequest request)
    {
        if (request.Topics.Count > Limits.Joins.Topics || request.PleaseDoNot.Count > Limits.Joins.DoNots)
        {
            return request.Topics.Count > Limits.Joins.Topics
                ? new Refusal(RefusalReason.InvalidArgument, "topics", $"must be at most {Limits.Joins.Topics}")
                : new Refusal(RefusalReason.InvalidArgument, "please_do_not", $"must be at most {Limits.Joins.DoNots}");
        }

        var now = time.GetUtcNow();
        var said = new JoinAnswers([.. request.Topics], request.WantedOutcome.Length > 0 ? request.WantedOutcome : null, [.. request.PleaseDoNot]);
        var passed = ImmutableArray.CreateBuilder<Signal>();
        foreach (var signal in EnrolRules.Signals(new DueAnswers("", now, said)))
        {
            if (SignalRules.Check(signal, now) is { } broken)
            {
                return broken with { Field = FieldOf(signal, broken.Field ?? "") };
            }

            if (SignalScoring.Score(signal, null, scorer, gates.Of(SourceId.Customer)) is { } scored)
            {
                passed.Add(scored.Signal);
            }
        }

        var traits = passed.OfType<TraitSignal>().ToArray();
        return new JoinAnswers(
            passed.OfType<ConversationSignal>().FirstOrDefault()?.Topics ?? [],
            traits.FirstOrDefault(trait => trait.Name == TraitName.WantedOutcome)?.Value,
            [.. traits.Where(trait => trait.Name == TraitName.PleaseDoNot).Select(trait => trait.Value)]);
    }

    /// <summary>Where the value stands in the request.</summary>
    private static string FieldOf(Signal signal, string field) => signal is TraitSignal trait ? trait.Name : field["conversation.".Length..];
}
