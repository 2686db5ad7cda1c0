using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Conversation = CustomerContext.V1.Conversation;
using InteractionOutcome = CustomerContext.Domain.Customers.InteractionOutcome;
using Role = CustomerContext.Domain.Signals.Role;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>TOP_OF_MIND, CONVERSATIONS and SITUATION as the contract has them.</summary>
internal static class ContextTranslator
{
    /// <summary>TOP_OF_MIND as of <paramref name="asOf"/>.</summary>
    public static TopOfMind ToProto(TopOfMindContent content, DateTimeOffset asOf)
    {
        return new TopOfMind
        {
            AsOfTime = asOf.ToTimestamp(),
            Provenance = content.Confidence is null ? Provenance.Unspecified : Provenance.Inferred,
            Topics = { content.Topics.Select(TopicOf) },
            WeightError = content.WeightError.Ratio(),
            Likes = { content.Likes.Select(liked => liked.Topic) },
            Dislikes = { content.Dislikes.Select(liked => liked.Topic) },
        };
    }

    /// <summary>CONVERSATIONS as of <paramref name="asOf"/>.</summary>
    public static Conversations ToProto(ImmutableArray<ConversationContent> content, ImmutableArray<InteractionOutcome> outcomes, DateTimeOffset asOf)
    {
        var message = new Conversations { AsOfTime = asOf.ToTimestamp(), Latest = { content.Select(ConversationOf) }, Outcomes = { outcomes.Select(OutcomeOf) } };
        if (!content.IsEmpty || !outcomes.IsEmpty)
        {
            message.Provenance = Provenance.Observed;
        }

        return message;
    }

    /// <summary>Puts the ids of the people who allow to be named into <paramref name="shown"/>.</summary>
    public static void Name(Conversations shown, ImmutableArray<NamedCounterparty> named, Func<CustomerKey, string> idOf)
    {
        foreach (var one in named)
        {
            shown.Latest[one.Conversation].Counterparties[one.Place].CustomerId = idOf(one.Customer);
        }
    }

    /// <summary>SITUATION as of <paramref name="asOf"/>.</summary>
    public static Situation ToProto(SituationContent content, DateTimeOffset asOf)
    {
        var message = new Situation
        {
            AsOfTime = asOf.ToTimestamp(),
            WantedOutcome = TraitOf(content.WantedOutcome),
            PleaseDoNot = { content.PleaseDoNot.Select(TraitOf) },
            CurrentSituation = TraitOf(content.Situation),
            OpenCases = { content.OpenCases.Select(TraitOf) },
            SupportTier = TraitOf(content.SupportTier),
            ContactPreference = TraitOf(content.ContactPreference),
            OtherTraits = { content.Others.Select(TraitOf) },
        };
        var all = new[] { content.WantedOutcome, content.Situation, content.SupportTier, content.ContactPreference }
            .OfType<TraitContent>().Concat(content.PleaseDoNot).Concat(content.OpenCases).Concat(content.Others).ToArray();
        if (all.Length > 0)
        {
            message.Provenance = Provenances.Of(all.Min(trait => trait.Provenance));
        }

        return message;
    }

    private static Topic TopicOf(TopicContent topic)
    {
        var message = new Topic { Name = topic.Topic, Weight = topic.Weight.Ratio(), LastTime = topic.LastMentioned.ToTimestamp() };
        if (topic is { Score: { } score, Confidence: { } confidence })
        {
            message.SentimentScore = score.Ratio();
            message.SentimentConfidence = confidence.Ratio();
        }

        return message;
    }

    private static Conversation ConversationOf(ConversationContent content)
    {
        var message = new Conversation
        {
            ConversationId = content.Id,
            Channel = content.Channel,
            Counterparties = { content.Counterparties.Select(role => new Participant { Role = RoleOf(role) }) },
            Topics = { content.Topics },
            State = (ConversationState)content.State,
            WaitingSinceTime = content.WaitingSince?.ToTimestamp(),
            LastTime = content.Last.ToTimestamp(),
            TurnCount = content.Turns,
            Link = content.Link ?? "",
            Source = content.Source.Value,
        };
        if (content.Sentiment.Score is { } score)
        {
            message.SentimentScore = score.Ratio();
            message.SentimentConfidence = content.Sentiment.Confidence.Ratio();
        }

        return message;
    }

    private static V1.InteractionOutcome OutcomeOf(InteractionOutcome outcome) => new()
    {
        Tenant = outcome.Company.Value,
        InteractionId = outcome.Interaction,
        Topics = { outcome.Topics },
        ByCompany = (InteractionResult)(outcome.ByCompany ?? 0),
        ByCustomer = (InteractionResult)(outcome.ByCustomer ?? 0),
        SaidTime = DateTimeOffset.FromUnixTimeMilliseconds(outcome.At.At).ToTimestamp(),
    };

    private static ParticipantRole RoleOf(Role role) => (ParticipantRole)role;

    private static Trait? TraitOf(TraitContent? trait) => trait is null ? null : new Trait
    {
        Name = trait.Name,
        Value = trait.Value,
        OccurredTime = trait.OccurredAt.ToTimestamp(),
        Source = trait.Source.Value,
        Provenance = Provenances.Of(trait.Provenance),
    };
}
