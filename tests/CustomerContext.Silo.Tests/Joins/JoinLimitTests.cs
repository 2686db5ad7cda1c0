using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Messages;
using CustomerContext.Testing;
using Grpc.Core;

namespace CustomerContext.Silo.Tests.Joins;

/// <summary>How many messages go out in an hour, and how many wrong codes are tried: at each limit and one past it.</summary>
public sealed class JoinLimitTests
{
    private static readonly TenantId _acme = new("acme");

    private readonly FakeTime _time = new();

    [Fact]
    public void Take_MessagesOfOneActor_AtTheLimitOnePastAndInTheNextHour()
    {
        var caps = new MessageCaps(_time);
        for (var i = 0; i < Limits.Joins.MessagesPerActor; i++)
        {
            Assert.True(caps.Take(_acme, "agent-1", $"join-{i}"));
        }

        Assert.False(caps.Take(_acme, "agent-1", "one-more"));
        Assert.True(caps.Take(_acme, "agent-1", "join-0"));
        Assert.True(caps.Take(_acme, "agent-2", "another"));
        Assert.True(caps.Take(new TenantId("globex"), "agent-1", "of-globex"));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(caps.Take(_acme, "agent-1", "one-more"));
    }

    [Fact]
    public void Take_MessagesOfOneTenant_AtTheLimitAndOnePast()
    {
        var caps = new MessageCaps(_time);
        for (var i = 0; i < Limits.Joins.MessagesPerTenant; i++)
        {
            Assert.True(caps.Take(_acme, $"agent-{i / Limits.Joins.MessagesPerActor}", $"join-{i}"));
        }

        Assert.False(caps.Take(_acme, "agent-fresh", "one-more"));
        Assert.True(caps.Take(new TenantId("globex"), "agent-1", "of-globex"));
    }

    [Fact]
    public async Task Admit_WrongCodesOfOneSession_AtTheLimitOnePastAndAfterTheWindow()
    {
        var guesses = new JoinGuesses(_time);
        for (var i = 0; i < Limits.Joins.GuessesPerSession; i++)
        {
            await guesses.Admit("one", CancellationToken.None);
            guesses.Count("one");
        }

        var refused = await Assert.ThrowsAsync<RpcException>(() => guesses.Admit("one", CancellationToken.None));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        await guesses.Admit("other", CancellationToken.None);

        _time.Advance(Limits.Joins.GuessWindow);
        await guesses.Admit("one", CancellationToken.None);
    }

    [Fact]
    public void Admit_WrongCodesOfEverybodyInAMinute_AtTheLimitOnePastIsLateAndNobodyIsRefused()
    {
        var guesses = new JoinGuesses(_time);
        for (var i = 0; i < Limits.Joins.GuessesInAll; i++)
        {
            Assert.True(guesses.Admit($"session-{i}", CancellationToken.None).IsCompletedSuccessfully);
            guesses.Count($"session-{i}");
        }

        var late = guesses.Admit("somebody", CancellationToken.None);
        Assert.False(late.IsCompleted);
        _time.Advance(Limits.Joins.GuessDelay);
        Assert.True(late.IsCompletedSuccessfully);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(guesses.Admit("somebody", CancellationToken.None).IsCompletedSuccessfully);
    }
}
