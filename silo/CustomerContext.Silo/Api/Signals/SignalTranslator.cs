using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>Signals from the contract; the rules of their fields are the domain's (<see cref="SignalRules"/>).</summary>
internal sealed class SignalTranslator(CurrentAccess access, TribeDirectory tribes)
{
    private const string Subject = "subject";

    /// <summary>The signal that <paramref name="caller"/> sends.</summary>
    public Outcome<Signal> Read(Caller caller, V1.Signal signal)
    {
        var source = SourceOf(caller, signal);
        var occurred = Times.Read(signal.OccurredTime, "occurred_time");
        if (!source.IsOk || !occurred.IsOk)
        {
            return source.Refusal ?? occurred.Refusal!;
        }

        if (occurred.Value is not { } at)
        {
            return new Refusal(RefusalReason.InvalidArgument, "occurred_time", "is required");
        }

        var kind = KindOf(caller, signal);
        if (kind.Value is MembershipSignal { Tribe: var tribe } && TribeId.RuleBroken(tribe.Value) is null && tribes.Find(tribe) is null)
        {
            return new Refusal(RefusalReason.InvalidArgument, "membership.tribe_id", "must be a tribe that this service knows");
        }

        return kind.IsOk
            ? kind.Value with
            {
                Id = signal.Id,
                Source = source.Value,
                OccurredAt = at,
                Link = signal.Link.Length > 0 ? LinkText.Normalise(signal.Link) : null,
                OpensNothing = caller is TenantCaller { IsPerson: true } or TenantCaller { IsAi: true },
            }
            : kind.Refusal;
    }

    private Outcome<SourceId> SourceOf(Caller caller, V1.Signal signal)
    {
        if (caller is not TenantCaller actor)
        {
            return signal.Source.Length == 0 && signal.Subject is null
                ? SourceId.Customer
                : new Refusal(RefusalReason.InvalidArgument, signal.Subject is null ? "source" : Subject, "must be left out with a customer's own token");
        }

        if (access.Now.Find(actor) is not { Sources: var sources })
        {
            return new Refusal(RefusalReason.CallerNotAllowed);
        }

        var named = signal.Source.Length == 0 ? sources[0] : SourceId.Of(actor.Tenant, signal.Source);
        return sources.Contains(named) ? named : new Refusal(RefusalReason.InvalidArgument, "source", "must be one of the tenant's configured sources");
    }

    private Outcome<Signal> KindOf(Caller caller, V1.Signal signal) => signal.KindCase switch
    {
        V1.Signal.KindOneofCase.Conversation => ConversationOf(signal.Conversation),
        V1.Signal.KindOneofCase.Behaviour => new BehaviourSignal
        {
            Resource = signal.Behaviour.Resource,
            Action = (BehaviourAction)signal.Behaviour.Action,
            Topics = [.. signal.Behaviour.Topics],
        },
        V1.Signal.KindOneofCase.Survey => new SurveySignal
        {
            Question = signal.Survey.Question,
            Answer = signal.Survey.Answer,
            ScaleMinimum = signal.Survey.ScaleMinimum,
            ScaleMaximum = signal.Survey.ScaleMaximum,
            Topics = [.. signal.Survey.Topics],
            PanelQuestion = signal.Survey.PanelQuestionId is { Length: > 0 } question ? question : null,
        },
        V1.Signal.KindOneofCase.Outcome => OutcomeOf(caller, signal.Outcome),
        V1.Signal.KindOneofCase.Trait => new TraitSignal { Name = signal.Trait.Name, Value = signal.Trait.Value },
        V1.Signal.KindOneofCase.Correction => CorrectionOf(caller, signal.Correction),
        V1.Signal.KindOneofCase.Relationship => new RelationshipSignal
        {
            Kind = (TieKind)signal.Relationship.Kind,
            Change = (TieChange)signal.Relationship.Change,
        },
        V1.Signal.KindOneofCase.Membership => new MembershipSignal
        {
            Tribe = new TribeId(signal.Membership.TribeId),
            Change = (TieChange)signal.Membership.Change,
        },
        V1.Signal.KindOneofCase.Reputation => new ReputationSignal
        {
            Kind = (ReputationKind)signal.Reputation.Kind,
            Topic = signal.Reputation.Topic,
            Name = signal.Reputation.Name,
        },
        V1.Signal.KindOneofCase.TakeBack => caller is TenantCaller sender && access.Now.Find(sender) is { IsNetwork: true }
            ? new TakeBackSignal()
            : new Refusal(RefusalReason.CallerNotAllowed, "take_back", "is for networks"),
        V1.Signal.KindOneofCase.None => new Refusal(RefusalReason.InvalidArgument, "kind", "must be one of the known kinds"),
        _ => new Refusal(RefusalReason.NotImplemented, Rule: "This kind of signal comes with a later version."),
    };

    private static Outcome<Signal> ConversationOf(V1.ConversationSignal signal)
    {
        if (signal.HasConfidence && signal.ContentCase != V1.ConversationSignal.ContentOneofCase.Score)
        {
            return new Refusal(RefusalReason.InvalidArgument, "conversation.confidence", "goes with score only");
        }

        var promised = Times.Read(signal.PromisedUntilTime, "conversation.promised_until_time");
        if (!promised.IsOk)
        {
            return promised.Refusal;
        }

        return new ConversationSignal
        {
            ConversationId = signal.ConversationId,
            Channel = signal.Channel,
            Role = (Role)signal.Role,
            Counterparties = [.. signal.Counterparties.Select(one => new Domain.Signals.Counterparty((Role)one.Role))],
            Topics = [.. signal.Topics],
            State = (ConversationState)signal.State,
            Score = signal.ContentCase == V1.ConversationSignal.ContentOneofCase.Score
                ? new GivenScore(signal.Score, signal.HasConfidence ? signal.Confidence : null)
                : null,
            Upstream = signal.UpstreamScore is { } upstream ? new UpstreamScore(upstream.Value, upstream.Minimum, upstream.Maximum) : null,
            PromisedUntil = promised.Value,
        };
    }

    private Outcome<Signal> OutcomeOf(Caller caller, V1.OutcomeSignal signal)
    {
        var outcome = new OutcomeSignal
        {
            InteractionId = signal.InteractionId,
            Result = (Domain.Signals.InteractionResult)signal.Result,
            Topics = [.. signal.Topics],
        };
        return (caller, signal.Tenant) switch
        {
            (TenantCaller actor, "") => outcome with { Company = actor.Tenant },
            (TenantCaller, _) => new Refusal(RefusalReason.InvalidArgument, "outcome.tenant", "must be left out with a company's token"),
            _ when access.Now.Tenants.ContainsKey(new TenantId(signal.Tenant)) => outcome with { Company = new TenantId(signal.Tenant) },
            _ => new Refusal(RefusalReason.InvalidArgument, "outcome.tenant", "must be a company that this service knows"),
        };
    }

    private static Outcome<Signal> CorrectionOf(Caller caller, V1.CorrectionSignal signal)
    {
        var author = caller is CustomerCaller ? V1.Author.Customer : V1.Author.Agent;
        if (signal.Author != V1.Author.Unspecified && signal.Author != author)
        {
            return new Refusal(RefusalReason.CallerNotAllowed, "correction.author", "must be who the token says");
        }

        return signal.CorrectedCase switch
        {
            V1.CorrectionSignal.CorrectedOneofCase.SentimentScore => new CorrectionSignal { Score = signal.SentimentScore },
            V1.CorrectionSignal.CorrectedOneofCase.Topic => new CorrectionSignal { Topic = new TopicCorrection(signal.Topic.Topic) },
            V1.CorrectionSignal.CorrectedOneofCase.Trait => new CorrectionSignal { Trait = new TraitCorrection(signal.Trait.Name, signal.Trait.Value) },
            _ => new Refusal(RefusalReason.InvalidArgument, "correction", "must say what is wrong"),
        };
    }
}
