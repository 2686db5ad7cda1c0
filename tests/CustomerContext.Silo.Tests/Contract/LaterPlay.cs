using CustomerContext.Domain.Groups;
using CustomerContext.Grains.Tribes;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>What takes days or years: refused looks that are counted, a tribe that asks its members, how much a voice counts, a record that was cut.</summary>
internal static class LaterPlay
{
    private const string Tribe = "e-bikers";

    public static async Task Run(ContractSilo silo, OpenStreams streams)
    {
        await RefusedLook(silo);
        await Question(silo);
        await NextDay(silo);
        await streams.OpenAnns();
        await Checkpoint(silo);
    }

    private static async Task RefusedLook(ContractSilo silo)
    {
        var look = new GetContextRequest { Subject = ByEmail(SignalPlay.Ann), Purpose = ContractSilo.Purpose, InteractionId = "call-1" };
        await Assert.ThrowsAsync<RpcException>(() => silo.Contexts.GetContextAsync(look, silo.AsAgent("globex")).ResponseAsync);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await silo.Consents.ListDisclosuresAsync(new ListDisclosuresRequest(), silo.As(SignalPlay.Ann))).RefusedLooks.Count == 0)
        {
            await pause.WaitForNextTickAsync();
        }
    }

    /// <summary>Eve may be asked; the tribe's next release asks her.</summary>
    private static async Task Question(ContractSilo silo)
    {
        var me = silo.As(ConsentPlay.Eve);
        var joined = new Signal { Id = Id(), OccurredTime = silo.Now.ToTimestamp(), Membership = new MembershipSignal { TribeId = Tribe, Change = MembershipChange.Joined } };
        await silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { joined } }, me);
        var group = GroupId.Tribe(Tribe, new Audience(ContractSilo.Purpose));
        var due = ReleaseClock.Next(silo.Services.GetRequiredService<GroupSecret>().ReleaseMinute(group), Cadence.Daily, silo.Now);
        silo.Calendar.JumpTo(due);
        await silo.Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group)).AsReference<IRemindable>().ReceiveReminder("release", default);

        PanelQuestion? question;
        do
        {
            question = (await silo.Consents.ListRequestsAsync(new ListRequestsRequest(), silo.As(ConsentPlay.Eve))).PanelQuestion;
        }
        while (question is null);

        using (var waiting = silo.Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), silo.As(ConsentPlay.Eve)))
        {
            while (waiting.ResponseStream.Current?.PanelQuestion is null)
            {
                Assert.True(await waiting.ResponseStream.MoveNext(CancellationToken.None));
            }
        }

        var survey = new SurveySignal { Question = "csat", Answer = 4, ScaleMinimum = 1, ScaleMaximum = 5, Topics = { question.Topic }, PanelQuestionId = question.QuestionId };
        await silo.Signals.PublishSignalsAsync(
            new PublishSignalsRequest { Signals = { new Signal { Id = Id(), OccurredTime = silo.Now.ToTimestamp(), Survey = survey } } }, silo.As(ConsentPlay.Eve));
    }

    /// <summary>Bob's sign-in is older than 15 minutes; and how much Ann's voice counts was released.</summary>
    private static async Task NextDay(ContractSilo silo)
    {
        var earlier = silo.As(SignalPlay.Bob);
        silo.Calendar.Jump(TimeSpan.FromMinutes(20));
        await JoinPlay.Open(silo, earlier, "call-later");
        silo.Calendar.Jump(TimeSpan.FromDays(1));
        await silo.Contexts.GetContextAsync(new GetContextRequest { Facets = { Facet.Influence } }, silo.As(SignalPlay.Ann));
    }

    /// <summary>Eve comes back once a year; after two, what is older than that is cut off her record.</summary>
    private static async Task Checkpoint(ContractSilo silo)
    {
        for (var year = 0; year < 2; year++)
        {
            silo.Calendar.JumpTo(silo.Now.AddMonths(12).AddDays(1));
            await silo.Consents.CreateGrantAsync(SignalPlay.EveryFacet(), silo.As(ConsentPlay.Eve));
        }

        await (await silo.CustomerOf(ConsentPlay.Eve)).Housekeep();
        Assert.NotNull((await silo.Consents.ListDisclosuresAsync(new ListDisclosuresRequest(), silo.As(ConsentPlay.Eve))).Checkpoint);
    }
}
