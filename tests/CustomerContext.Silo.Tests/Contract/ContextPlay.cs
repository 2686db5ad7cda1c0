using CustomerContext.Demo;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>Looks at Ann, at people of whom there is little to say, and at people of the demo town.</summary>
internal static class ContextPlay
{
    private const string Call = "call-1";
    private const string New = "new@example.org";
    private const string Talking = "talking@example.org";

    public static async Task Run(ContractSilo silo)
    {
        await Looks(silo);
        await LookWhileTheyTalk(silo);
        await Watch(silo);
        await Histories(silo);
        await Interactions(silo);
    }

    private static async Task Looks(ContractSilo silo)
    {
        await silo.Consents.SetPreferencesAsync(SignalPlay.Preferences("acme"), silo.As(New));
        var grant = SignalPlay.EveryFacet();
        grant.Terms.Facets.Add([Facet.Sentiment, Facet.Conversations]);
        await silo.Consents.CreateGrantAsync(grant, silo.As(New));
        foreach (var email in (string[])[SignalPlay.Ann, SignalPlay.Old, New, DemoTown.EmailOf(1)])
        {
            await silo.Contexts.GetContextAsync(new GetContextRequest { Subject = ByEmail(email), Purpose = Purpose, InteractionId = Call, Language = "de" }, silo.AsAgent());
        }

        for (var number = 1; number <= 24; number++)
        {
            await silo.Contexts.GetContextAsync(new GetContextRequest { Facets = { Facet.Sentiment, Facet.Network, Facet.Tribes, Facet.Influence, Facet.Attention } }, silo.As(DemoTown.EmailOf(number)));
        }

        await silo.Contexts.BatchGetContextsAsync(
            new BatchGetContextsRequest
            {
                Subjects = { ByEmail(SignalPlay.Ann), ByEmail("nobody@example.org"), new SubjectIdentifier() },
                Purpose = Purpose,
                Facets = { Facet.Sentiment },
                InteractionId = Call,
                Language = "fr",
            },
            silo.AsAgent());
    }

    /// <summary>A look that a conversation opens, and the record that says so.</summary>
    private static async Task LookWhileTheyTalk(ContractSilo silo)
    {
        await silo.Consents.SetPreferencesAsync(SignalPlay.Preferences("acme"), silo.As(Talking));
        await silo.Consents.CreateGrantAsync(
            new CreateGrantRequest { RequestId = Id(), Tenant = "acme", Terms = new GrantTerms { Purposes = { Purpose } } }, silo.As(Talking));
        var turn = new Signal
        {
            Id = Id(),
            Subject = ByEmail(Talking),
            OccurredTime = silo.Now.ToTimestamp(),
            Conversation = new ConversationSignal { ConversationId = "chat-1", Channel = "chat", Role = ParticipantRole.Customer, State = ConversationState.Opened, Score = 0.5 },
        };
        await silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { turn } }, silo.AsProgram());
        await silo.Contexts.GetContextAsync(new GetContextRequest { Subject = ByEmail(Talking), Purpose = Purpose, InteractionId = Call }, silo.AsAgent());
        await silo.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 1 }, silo.As(Talking));
    }

    private static async Task Watch(ContractSilo silo)
    {
        var request = new WatchContextRequest { Subject = ByEmail(SignalPlay.Ann), Purpose = Purpose, InteractionId = Call, Language = "en" };
        request.ResumeToken = await First(silo, request);
        request.Facets.Add([Facet.Sentiment, Facet.Network]);
        await First(silo, request);
        (request.Subject, request.ResumeToken) = (ByEmail(New), "");
        request.Facets.Clear();
        await First(silo, request);
    }

    private static async Task<string> First(ContractSilo silo, WatchContextRequest request)
    {
        using var watch = silo.Contexts.WatchContext(request, silo.AsAgent());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        return watch.ResponseStream.Current.ResumeToken;
    }

    private static async Task Histories(ContractSilo silo)
    {
        foreach (var email in (string[])[DemoTown.EmailOf(1), New])
        {
            await silo.Contexts.GetHistoryAsync(
                new GetHistoryRequest
                {
                    Subject = ByEmail(email),
                    Purpose = Purpose,
                    Facets = { Facet.Sentiment, Facet.Network, Facet.Tribes },
                    InteractionId = Call,
                    FromTime = silo.Now.AddDays(-60).ToTimestamp(),
                    UntilTime = silo.Now.ToTimestamp(),
                },
                silo.AsAgent());
        }
    }

    private static async Task Interactions(ContractSilo silo)
    {
        await silo.Contexts.BeginInteractionAsync(new BeginInteractionRequest { RequestId = Id(), InteractionId = "leg-1", Subject = ByEmail(SignalPlay.Ann) }, silo.AsProgram());
        await silo.Contexts.GetContextAsync(new GetContextRequest { Subject = ByEmail(SignalPlay.Ann), Purpose = Purpose, InteractionId = "leg-1" }, silo.AsAgent());
        await silo.Contexts.ContinueInteractionAsync(new ContinueInteractionRequest { RequestId = Id(), InteractionId = "leg-1", NewInteractionId = "leg-2" }, silo.AsAgent());
        await silo.Contexts.EndInteractionAsync(new EndInteractionRequest { RequestId = Id(), InteractionId = "leg-2" }, silo.AsProgram());
    }
}
