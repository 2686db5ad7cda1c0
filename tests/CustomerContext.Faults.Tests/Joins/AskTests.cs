using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Grpc.Core;
using static CustomerContext.Faults.Tests.Joins.JoinCalls;

namespace CustomerContext.Faults.Tests.Joins;

/// <summary>Asking for consent from outside: how often, what a repeat does, and the messages that go to an address.</summary>
public abstract class AskTests(JoinSilo running)
{
    private SiloClient Client => running.Client;

    [Fact]
    public async Task Ask_FiveInOneInteraction_TheLastIsRefused()
    {
        for (var i = 0; i < 4; i++)
        {
            await Client.AskFor(null, "call-five");
        }

        await Refusals.Refused(StatusCode.FailedPrecondition, ErrorReason.LimitReached, () => Client.AskFor(null, "call-five"));
    }

    [Fact]
    public async Task Ask_Repeated_TheSameSecretsAndOneMessage()
    {
        const string email = "repeat@example.org";
        var id = Requests.NewId();
        var asked = await Client.AskFor(email, "call-again", requestId: id);

        Assert.Equal(asked, await Client.AskFor(email, "call-again", requestId: id));
        await Refusals.Refused(StatusCode.Aborted, ErrorReason.RequestIdReused, () => Client.AskFor("another@example.org", "call-again", requestId: id));
        await running.Messages.Next(email);
        Assert.False(running.Messages.HasMore(email));
    }

    [Fact]
    public async Task Messages_ThreeAMonthThenNone_AndNeverAgainAfterStop()
    {
        const string email = "often@example.org";
        for (var i = 0; i < 3; i++)
        {
            await Client.AskFor(email, $"call-often-{i}");
            await running.Messages.Next(email);
        }

        await Client.AskFor(email, "call-often-4");
        await Nothing(email);

        const string tired = "tired@example.org";
        await Client.AskFor(tired, "call-tired");
        var message = await running.Messages.Next(tired);
        await Client.Consents.StopMessagesAsync(new StopMessagesRequest { Code = message.Code, LinkProof = "guess" }, Anonymous());
        await Client.AskFor(tired, "call-tired-2");
        await running.Messages.Next(tired);
        await Client.Consents.StopMessagesAsync(new StopMessagesRequest { Code = message.Code, LinkProof = message.Proof }, Anonymous());
        await Client.AskFor(tired, "call-tired-3");
        await Nothing(tired);
    }

    [Fact]
    public async Task Messages_AProgramThatFailsFirst_GetsTheMessageOnceAndSigned()
    {
        running.Messages.Failures = 2;
        await Client.AskFor("late@example.org", "call-late", language: "de-AT");

        var message = await running.Messages.Next("late@example.org");
        Assert.Equal("de", (string)message.Body["language"]!);
        Assert.StartsWith("acme möchte", message.Text, StringComparison.Ordinal);
        Assert.False(running.Messages.HasMore("late@example.org"));
        Assert.Equal(0, running.Messages.Forged);
    }

    /// <summary>No message comes: one to another address, asked for later, would come after it.</summary>
    private async Task Nothing(string email)
    {
        var other = $"{Requests.NewId()}@example.org";
        await Client.AskFor(other, other[..32]);
        await running.Messages.Next(other);
        Assert.False(running.Messages.HasMore(email));
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteAskTests(SqliteJoinSilo running) : AskTests(running), IClassFixture<SqliteJoinSilo>;

/// <summary>On Redis.</summary>
public sealed class RedisAskTests(RedisJoinSilo running) : AskTests(running), IClassFixture<RedisJoinSilo>;
