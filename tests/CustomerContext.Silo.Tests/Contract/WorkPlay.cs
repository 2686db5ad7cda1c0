using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>What waits at acme: Ann's question and promise. One is claimed and handed over, one is done; then questions of the town are claimed until others could answer one.</summary>
internal static class WorkPlay
{
    public static async Task Run(ContractSilo silo)
    {
        using var watch = silo.Works.WatchWork(new WatchWorkRequest { Purpose = Purpose, Kinds = { AttentionKind.UnansweredQuestion, AttentionKind.Promise }, Queue = WorkQueue.First }, silo.AsAgent());
        var list = new ListWorkRequest { PageSize = 1, Purpose = Purpose, Kinds = { AttentionKind.UnansweredQuestion, AttentionKind.Promise }, Queue = WorkQueue.First };
        var first = await silo.Works.ListWorkAsync(list, silo.AsAgent());
        list.PageToken = first.NextPageToken;
        var second = await silo.Works.ListWorkAsync(list, silo.AsAgent());

        var claimed = (await Claim(silo, first.Works[0])).Work;
        var handed = new HandOverWorkRequest { RequestId = Id(), WorkId = claimed.WorkId, ToQueue = WorkQueue.Escalated, ExpectedVersion = claimed.Version };
        await silo.Works.HandOverWorkAsync(handed, silo.AsAgent());
        await silo.Works.ListWorkAsync(new ListWorkRequest { Purpose = Purpose, Queue = WorkQueue.Escalated }, silo.AsAgent());

        claimed = (await Claim(silo, second.Works[0])).Work;
        await silo.Works.CompleteWorkAsync(
            new CompleteWorkRequest { RequestId = Id(), WorkId = claimed.WorkId, Result = WorkResult.Done, ExpectedVersion = claimed.Version }, silo.AsAgent());

        await silo.Webhooks.ReplayWebhooksAsync(new ReplayWebhooksRequest { LastDuration = TimeSpan.FromHours(1).ToDuration() }, silo.AsAgent());

        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.WithdrawnWorkId.Length == 0);
        await AskOthers(silo);
    }

    private static async Task AskOthers(ContractSilo silo)
    {
        var waiting = await silo.Works.ListWorkAsync(new ListWorkRequest { PageSize = 500, Purpose = Purpose, Kinds = { AttentionKind.UnansweredQuestion } }, silo.AsAgent());
        foreach (var work in waiting.Works.Where(work => work.State == WorkState.Open))
        {
            if ((await Claim(silo, work)).People.Count > 0)
            {
                return;
            }
        }

        Assert.Fail($"None of {waiting.Works.Count} questions is one that others could answer.");
    }

    private static async Task<ClaimWorkResponse> Claim(ContractSilo silo, Work work) => await silo.Works.ClaimWorkAsync(
        new ClaimWorkRequest
        {
            RequestId = Id(),
            WorkId = work.WorkId,
            ClaimDuration = TimeSpan.FromMinutes(10).ToDuration(),
            ExpectedVersion = work.Version,
            Purpose = Purpose,
            InteractionId = "shift-1",
        },
        silo.AsAgent());
}
