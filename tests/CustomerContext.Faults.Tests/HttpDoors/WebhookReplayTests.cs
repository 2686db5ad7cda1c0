using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>What a company was told is told again when it asks: under the same ids, in order, and without what is not true any more. Each test has a company of its own, since each may ask once a minute.</summary>
public sealed class WebhookReplayTests(WebhookSilo running) : IClassFixture<WebhookSilo>
{
    [Fact]
    public async Task Replay_GivenEndedAndErased_OnlyWhatStillHolds()
    {
        string[] people = ["keeps@example.org", "ended@example.org", "forgotten@example.org"];
        var grants = new List<string>();
        var first = new List<Call>();
        foreach (var person in people)
        {
            grants.Add((await running.Client.MakeCustomer(person, "acme"))[0]);
            first.Add(await running.Receiver.Next());
        }

        await running.Client.Consents.RevokeGrantAsync(Requests.Revoke(grants[1]), running.Client.AsCustomer(people[1]));
        first.Add(await running.Receiver.Next());
        await Patience.Try(() => running.Client.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "e" }, running.Client.AsCustomer(people[2], TimeSpan.FromMinutes(1))).ResponseAsync);
        Assert.Equal("consent.ended", (await running.Receiver.Next()).Type);

        Assert.Equal(2, await Replay("acme"));

        Call[] again = [await running.Receiver.Next(), await running.Receiver.Next()];
        Assert.Equal(
            new[] { first[0], first[3] }.Select(call => (call.Id, call.Type, call.Grant, $"{call.Body["timestamp"]}")).Order(),
            again.Select(call => (call.Id, call.Type, call.Grant, $"{call.Body["timestamp"]}")).Order());
        Assert.False(running.Receiver.HasMore());
        await Refusals.Refused(StatusCode.ResourceExhausted, ErrorReason.RateLimited, () => Replay("acme"));
    }

    [Fact]
    public async Task Replay_Work_WhatIsInTheQueueStill()
    {
        await WorkWebhookTests.Ask(running, "waits@example.org", "globex");
        await WorkWebhookTests.Ask(running, "answered@example.org", "globex");
        var told = new List<Call>();
        while (told.Count < 6)
        {
            told.Add(await running.Receiver.Next("globex"));
        }

        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(WorkWebhookTests.Answer("answered@example.org")), running.Client.AsProgram("globex"));
        var left = Assert.Single(await WorkWebhookTests.List(running, "globex")).WorkId;

        // Two grants, and what waits: it was due six hours ago and is escalated for two.
        Assert.Equal(3, await Replay("globex", TimeSpan.FromHours(4)));

        Call[] again = [await running.Receiver.Next("globex"), await running.Receiver.Next("globex"), await running.Receiver.Next("globex")];
        var work = Assert.Single(again, call => call.Type.StartsWith("work.", StringComparison.Ordinal));
        Assert.Equal(("work.escalated", left), (work.Type, work.Work));
        Assert.All(again, call => Assert.Contains(call.Id, told.Select(one => one.Id)));
        Assert.False(running.Receiver.HasMore("globex"));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(59, false)]
    [InlineData(86_400, true)]
    [InlineData(86_401, false)]
    public async Task Replay_AtTheLimitsAndOnePast_TakenAndRefused(int seconds, bool isTaken)
    {
        var tenant = seconds < 1_000 ? "moved" : "missing";
        if (isTaken)
        {
            Assert.Equal(0, await Replay(tenant, TimeSpan.FromSeconds(seconds)));
        }
        else
        {
            await Refusals.Invalid("last_duration", () => Replay(tenant, TimeSpan.FromSeconds(seconds)));
        }
    }

    [Fact]
    public async Task Replay_WithoutTheScope_Refused()
    {
        using var channel = GrpcChannel.ForAddress(running.Silo.Grpc);
        var client = new WebhookService.WebhookServiceClient(channel);

        await Refusals.Refused(
            StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => client.ReplayWebhooksAsync(new ReplayWebhooksRequest(), running.Client.AsProgram()).ResponseAsync);
    }

    private async Task<int> Replay(string tenant, TimeSpan? last = null)
    {
        using var channel = GrpcChannel.ForAddress(running.Silo.Grpc);
        var token = running.Silo.Tokens.Sign(DevTokens.Actor(tenant, "crm", isPerson: false, scope: "webhook.replay"));
        var request = new ReplayWebhooksRequest { LastDuration = last?.ToDuration() };
        return (await new WebhookService.WebhookServiceClient(channel).ReplayWebhooksAsync(request, SiloClient.With(token))).MessageCount;
    }
}
