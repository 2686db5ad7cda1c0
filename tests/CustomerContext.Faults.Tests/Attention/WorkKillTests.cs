using CustomerContext.Faults.Tests.Consents;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Faults.Tests.Attention;

/// <summary><c>kill -9</c> of a silo with work in its queue: what was answered before is so after, with nobody looking at any customer in between.</summary>
public sealed class WorkKillTests : IDisposable
{
    private const int Customers = 6;

    private readonly TempFolder _data = new();

    [Fact]
    public async Task Kill_AfterTheAnswers_WorkClaimsEndsAndWithdrawalsAreThere()
    {
        await using var silo = await SiloProcess.Start(_data.Path);
        using var client = new SiloClient(silo);
        using var channel = GrpcChannel.ForAddress(silo.Grpc);
        var work = new AttentionService.AttentionServiceClient(channel);
        var emails = Enumerable.Range(0, Customers).Select(number => $"work{number}@example.org").ToArray();
        await Task.WhenAll(emails.Select((email, number) => Ask(client, email, number)));
        var works = await List(work, silo);
        Assert.Equal(Customers, works.Length);
        var claimed = await Claim(work, silo, "ada", works[0]);
        await Claim(work, silo, "ada", works[1]);
        await work.CompleteWorkAsync(new CompleteWorkRequest { RequestId = "done", WorkId = works[1].WorkId, Result = WorkResult.NotNeeded }, As(silo, "ada"));
        var asker = (await Claim(work, silo, "ada", works[2])).CustomerId;
        foreach (var grant in await client.LiveGrants(emails[^1]))
        {
            await client.Consents.RevokeGrantAsync(Requests.Revoke(grant.GrantId), client.AsCustomer(emails[^1]));
        }

        var left = await List(work, silo);
        await silo.Kill();
        await using var next = await SiloProcess.Start(_data.Path);
        using var again = GrpcChannel.ForAddress(next.Grpc);
        work = new AttentionService.AttentionServiceClient(again);

        Assert.Equal(left, await Patience.Try(() => List(work, next)));
        Assert.Equal(StatusCode.Aborted, (await Assert.ThrowsAsync<RpcException>(() => Claim(work, next, "ben", works[0]))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => Claim(work, next, "ben", works[1]))).StatusCode);
        var prolonged = await Claim(work, next, "ada", works[0]);
        Assert.Equal((claimed.CustomerId, claimed.Item), (prolonged.CustomerId, prolonged.Item));
        Assert.Equal(asker, (await Claim(work, next, "ada", works[2])).CustomerId);
    }

    public void Dispose() => _data.Dispose();

    /// <summary>The lower the number, the longer it waits: the queue has them in this order.</summary>
    private static async Task Ask(SiloClient client, string email, int number)
    {
        await client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), client.AsCustomer(email));
        var grant = Requests.Grant();
        grant.Terms.Facets.Add(Facet.Attention);
        await client.Consents.CreateGrantAsync(grant, client.AsCustomer(email));
        await client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(email, $"{email} asks", number)), client.AsAgent());
    }

    private static CallOptions As(SiloProcess silo, string actor) => SiloClient.With(silo.Tokens.Sign(DevTokens.Actor("acme", actor, scope: "attention.work")));

    private static async Task<Work[]> List(AttentionService.AttentionServiceClient work, SiloProcess silo) =>
        [.. (await work.ListWorkAsync(new ListWorkRequest { Purpose = Requests.Purpose }, As(silo, "ada"))).Works];

    private static Task<ClaimWorkResponse> Claim(AttentionService.AttentionServiceClient client, SiloProcess silo, string actor, Work work)
    {
        var duration = TimeSpan.FromMinutes(60).ToDuration();
        var claim = new ClaimWorkRequest { RequestId = Requests.NewId(), WorkId = work.WorkId, Purpose = Requests.Purpose, InteractionId = "shift-1", ClaimDuration = duration };
        return Patience.Try(() => client.ClaimWorkAsync(claim, As(silo, actor)).ResponseAsync);
    }
}
