using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>Customers read their own context with their own token.</summary>
public sealed class OwnContextTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private const string Me = "me@example.org";

    [Fact]
    public async Task GetContext_OfOneself_WhatAnAgentSeesAndOnRecord()
    {
        await running.Client.MakeCustomer(Me, "acme");
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Enumerable.Range(1, 5).Select(turn => Requests.Turn(Me, "own", turn))), running.Client.AsAgent());

        var agents = await running.Client.Contexts.GetContextAsync(Requests.Lookup(Me), running.Client.AsAgent());
        var own = await running.Client.Contexts.GetContextAsync(new GetContextRequest(), running.Client.AsCustomer(Me));

        Assert.Equal(Untimed(agents.Context), Untimed(own.Context));
        Assert.Equal(agents.Version, own.Version);
        Assert.Empty(own.GrantIds);
        Assert.NotEqual(agents.CustomerId, own.CustomerId);
        var record = (await running.Client.ReadLog(Me)).Records[^1];
        Assert.Equal(own.DisclosureId, record.DisclosureId);
        Assert.Equal((ActorRole.Customer, "", "", ""), (record.ActorRole, record.Tenant, record.Purpose, record.ActorPseudonym));
        Assert.NotEmpty(record.Facets);
    }

    [Fact]
    public async Task GetContext_OfOneself_NoGrantNoPauseStopsIt()
    {
        await running.Client.MakeCustomer("alone@example.org");
        await running.Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, running.Client.AsCustomer("alone@example.org"));

        Assert.NotEmpty((await running.Client.Contexts.GetContextAsync(new GetContextRequest(), running.Client.AsCustomer("alone@example.org"))).DisclosureId);
    }

    [Fact]
    public async Task GetContext_OfOneselfForAPurpose_WithholdsWhatNoAgentMaySee()
    {
        await running.Client.MakeCustomer(Me);
        var answer = await running.Client.Contexts.GetContextAsync(new GetContextRequest { Purpose = "sales.advice" }, running.Client.AsCustomer(Me));

        Assert.Null(answer.Context.Sentiment);
        Assert.NotNull(answer.Context.TopOfMind);
        Assert.Contains(answer.Withheld, one => one is { Facet: Facet.Sentiment, Reason: WithheldReason.PurposeDoesNotAllow });
    }

    [Fact]
    public Task GetContext_OfSomebodyElse_Invalid() =>
        Refusals.Invalid("subject", () => running.Client.Contexts.GetContextAsync(Requests.Lookup(RunningSilo.Email), running.Client.AsCustomer(Me)).ResponseAsync);

    [Fact]
    public Task GetContext_OfOneWhoIsNoCustomer_RefusedLikeAnyUnknownPerson() => Refusals.Refused(
        StatusCode.PermissionDenied,
        ErrorReason.ConsentRequired,
        () => running.Client.Contexts.GetContextAsync(new GetContextRequest(), running.Client.AsCustomer("never.seen@example.org")).ResponseAsync);

    [Fact]
    public async Task WatchContext_OfOneself_SeesWhatComesAndOutlivesARevoke()
    {
        const string Email = "watcher@example.org";
        var grant = Assert.Single(await running.Client.MakeCustomer(Email, "acme"));
        using var watch = running.Client.Contexts.WatchContext(new WatchContextRequest(), running.Client.AsCustomer(Email, TimeSpan.FromMinutes(1)));
        await watch.ResponseStream.MoveNext(CancellationToken.None);
        Assert.Empty(watch.ResponseStream.Current.Frame.Context.Conversations.Latest);

        await running.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), running.Client.AsCustomer(Email));
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email, "own", 1)), running.Client.AsAgent());
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Frame?.Context.Conversations is null);

        Assert.Equal("own", watch.ResponseStream.Current.Frame.Context.Conversations.Latest[0].ConversationId);
    }

    /// <summary>The two looks may fall into different minutes.</summary>
    private static string Untimed(Context context) =>
        string.Join(' ', context.Conversations.Latest.Select(one => $"{one.ConversationId} {one.TurnCount} {one.Link}").Concat(context.TopOfMind.Topics.Select(topic => topic.Name)));
}
