using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>Everything that can be said about a customer, of Ann.</summary>
internal static class SignalPlay
{
    public const string Ann = "ann@example.org";
    public const string Bob = "bob@example.org";
    public const string Old = "old@example.org";

    private static readonly string[] _vocabulary = File.ReadLines(Path.Combine(Testing.Repository.Root, "silo/CustomerContext.Domain/Topics/Lists/topics-en.txt"))
        .Where(line => line.Contains(':', StringComparison.Ordinal) && line[0] != '#')
        .Select(line => line.Split(':')[0])
        .ToArray();

    public static async Task Run(ContractSilo silo)
    {
        foreach (var email in (string[])[Ann, Bob, Old])
        {
            await silo.Consents.SetPreferencesAsync(Preferences("acme", "globex", "customer"), silo.As(email));
            await silo.Consents.CreateGrantAsync(EveryFacet(), silo.As(email));
        }

        await Publish(silo, Conversations(silo.Now).Select(turn => About(turn, Ann)));
        await Publish(silo, Facts(silo.Now).Select(signal => About(signal, Ann)));
        await Publish(silo, [About(Said(silo.Now.AddDays(-60), 0.5, "garden"), Old)]);
        await Publish(silo, _vocabulary.Chunk(8).Take(12).Select(topics => About(Said(silo.Now.AddMinutes(-3), null, topics), Old)));
        await silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { Own(silo.Now) } }, silo.As(Ann));
        await silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { new Signal { Id = "broken", Subject = ByEmail(Ann), OccurredTime = silo.Now.ToTimestamp() } } }, silo.AsProgram());
        await Stream(silo);
    }

    public static SetPreferencesRequest Preferences(params string[] collect) => new()
    {
        RequestId = Id(),
        Preferences = new Preferences { OfAge = true, Collect = { collect }, CallMe = "Ann", Contribute = { Purpose } },
        UpdateMask = new FieldMask { Paths = { "of_age", "collect", "call_me", "contribute" } },
    };

    /// <summary>All that a purpose has, at any time.</summary>
    public static CreateGrantRequest EveryFacet(string tenant = "acme") => new()
    {
        RequestId = Id(),
        Tenant = tenant,
        Terms = new GrantTerms { Purposes = { Purpose }, Preset = "always", Owners = { SourceOwner.Own, SourceOwner.Mine }, Sources = { "globex" }, ShowWhere = true },
    };

    public static Signal About(Signal signal, string email)
    {
        signal.Subject = ByEmail(email);
        return signal;
    }

    public static async Task Publish(ContractSilo silo, IEnumerable<Signal> signals)
    {
        var answer = await silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { signals } }, silo.AsProgram());
        Assert.All(answer.Results, result => Assert.Null(result.Status));
    }

    public static Signal Said(DateTimeOffset at, double? score, params string[] topics)
    {
        var id = Id();
        var turn = new ConversationSignal { ConversationId = id, Channel = "chat", Role = ParticipantRole.Customer, State = ConversationState.Opened, Topics = { topics } };
        if (score is { } known)
        {
            (turn.Score, turn.Confidence) = (known, 1);
        }

        return new Signal { Id = id, Source = "crm", OccurredTime = at.ToTimestamp(), Link = $"https://crm.example/{id}", Conversation = turn };
    }

    /// <summary>Content for weeks and unhappy since yesterday; a promise, an idea and a question wait; two that are about nothing that anybody could say.</summary>
    private static IEnumerable<Signal> Conversations(DateTimeOffset now)
    {
        for (var day = 2; day <= 12; day++)
        {
            yield return Said(now.AddDays(-day), 0.8, "router", "app");
        }

        for (var hour = 1; hour <= 12; hour++)
        {
            yield return Said(now.AddDays(-1).AddHours(-hour), -0.9, "router", "app");
            yield return Said(now.AddHours(-hour), -0.9, "router", "app");
        }

        var answer = Said(now.AddHours(-3), null, "router");
        answer.Conversation.State = ConversationState.Answered;
        yield return answer;

        var promise = Said(now.AddHours(-2), null, "router");
        (promise.Conversation.Role, promise.Conversation.State) = (ParticipantRole.Agent, ConversationState.Promised);
        promise.Conversation.PromisedUntilTime = now.AddHours(-1).ToTimestamp();
        yield return promise;

        var question = Said(now.AddMinutes(-30), null, "router");
        question.Conversation.Text = "I am really disappointed, the router is broken again.";
        question.Conversation.Language = "en";
        question.Conversation.UpstreamScore = new UpstreamScore { Value = -3, Minimum = -5, Maximum = 5 };
        question.Conversation.Counterparties.Add(new Counterparty { Role = ParticipantRole.Agent });
        question.Conversation.Counterparties.Add(new Counterparty { Role = ParticipantRole.Customer, Subject = ByEmail(Bob) });
        yield return question;
    }

    private static IEnumerable<Signal> Facts(DateTimeOffset now)
    {
        string[] traits = ["wanted_outcome refund", "please_do_not call", "situation moving", "open_case c-7", "support_tier gold", "contact_preference phone", "x-plan flat", "like router", "dislike app"];
        foreach (var trait in traits.Select(one => one.Split(' ')))
        {
            yield return Fact(new Signal { Trait = new TraitSignal { Name = trait[0], Value = trait[1] } });
        }

        yield return Fact(new Signal { Behaviour = new BehaviourSignal { Resource = "/help/router", Action = BehaviourAction.Search, Topics = { "router" } } });
        yield return Fact(new Signal { Survey = new SurveySignal { Question = "csat", Answer = 2, ScaleMinimum = 1, ScaleMaximum = 5, Topics = { "router" } } });
        yield return Fact(new Signal { Outcome = new OutcomeSignal { InteractionId = "call-0", Result = InteractionResult.GoesOn, Topics = { "router" } } });
        yield return Fact(new Signal { Relationship = new RelationshipSignal { Other = ByEmail(Bob), Kind = RelationshipKind.Friend, Change = RelationshipChange.Began } });
        yield return Fact(new Signal { Membership = new MembershipSignal { TribeId = "e-bikers", Change = MembershipChange.Joined } });
        yield return Fact(new Signal { Reputation = new ReputationSignal { Kind = ReputationKind.AcceptedAnswer, Topic = "router", Giver = ByEmail(Bob) } });
        yield return Fact(new Signal { Reputation = new ReputationSignal { Kind = ReputationKind.Badge, Name = "helper" } });

        Signal Fact(Signal signal)
        {
            (signal.Id, signal.OccurredTime) = (Id(), now.AddMinutes(-20).ToTimestamp());
            return signal;
        }
    }

    /// <summary>What was wrong, in the customer's own words.</summary>
    private static IEnumerable<Signal> Own(DateTimeOffset now)
    {
        CorrectionSignal[] corrections =
        [
            new() { Author = Author.Customer, SentimentScore = -0.7 },
            new() { Author = Author.Customer, Topic = new TopicCorrection { Topic = "delivery" } },
            new() { Author = Author.Customer, Trait = new TraitCorrection { Name = "situation", Value = "moved" } },
        ];
        var outcome = new OutcomeSignal { InteractionId = "call-0", Tenant = "acme", Result = InteractionResult.NotSolved, Topics = { "router" } };
        return corrections.Select(correction => new Signal { Correction = correction }).Append(new Signal { Outcome = outcome }).Select(signal =>
        {
            (signal.Id, signal.OccurredTime) = (Id(), now.AddMinutes(-1).ToTimestamp());
            return signal;
        });
    }

    /// <summary>What somebody posts in a network.</summary>
    public static Signal Post(string id, string account, DateTimeOffset now) => new()
    {
        Id = id,
        Subject = new SubjectIdentifier { Opaque = account },
        OccurredTime = now.AddMinutes(-1).ToTimestamp(),
        Conversation = new ConversationSignal { ConversationId = id, Channel = "forum", Role = ParticipantRole.Customer, State = ConversationState.Closed, Text = "I am happy about the router." },
    };

    private static async Task Stream(ContractSilo silo)
    {
        using var call = silo.Signals.StreamSignals(silo.AsProgram());
        await call.RequestStream.WriteAsync(new StreamSignalsRequest { Sequence = 1, Signals = { About(Said(silo.Now.AddMinutes(-2), 0.1, "delivery"), Bob) } });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }
}
