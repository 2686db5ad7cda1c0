using System.Net;
using System.Net.Http.Headers;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Testing;

namespace CustomerContext.Connectors.Tests;

/// <summary>How long a server is left alone.</summary>
public sealed class HostPauseTests
{
    private static readonly Uri _host = new("https://mastodon.example");

    private readonly FakeTime _time = new();

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, 30, null, null, 30)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 30, null, null, 30)]
    [InlineData(HttpStatusCode.TooManyRequests, null, 0, 120, 120)]
    [InlineData(HttpStatusCode.TooManyRequests, null, null, null, 300)]
    [InlineData(HttpStatusCode.TooManyRequests, 1_000_000, null, null, 3_600)]
    [InlineData(HttpStatusCode.OK, null, 30, 120, 120)]
    [InlineData(HttpStatusCode.OK, null, 31, 120, 0)]
    [InlineData(HttpStatusCode.OK, null, null, null, 0)]
    [InlineData(HttpStatusCode.InternalServerError, null, null, null, 1)]
    public void Note_WhatTheServerSays_IsKeptTo(HttpStatusCode status, int? retryAfter, int? left, int? reset, int expected)
    {
        var pauses = new HostPauses(_time);
        pauses.Note(_host, "7", Answer(status, retryAfter, left, reset));

        Assert.Equal(expected > 0 ? _time.GetUtcNow().AddSeconds(expected) : default, pauses.Until(_host, "7"));
        Assert.Equal(default, pauses.Until(new Uri("https://other.example")));
    }

    [Fact]
    public void Fail_AgainAndAgain_TwiceAsLongEachTimeUpToAnHour()
    {
        var pauses = new HostPauses(_time);
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600, 3_600])
        {
            pauses.Fail(_host);
            Assert.Equal(_time.GetUtcNow().AddSeconds(seconds), pauses.Until(_host));
            Assert.Equal(HttpStatusCode.TooManyRequests, Assert.Throws<MastodonException>(() => pauses.Check(_host, "7")).Status);
        }

        pauses.Note(_host, "7", Answer(HttpStatusCode.OK, null, null, null));
        pauses.Check(_host, "7");
        pauses.Fail(_host);
        Assert.Equal(_time.GetUtcNow().AddSeconds(1), pauses.Until(_host));
    }

    /// <summary>What a server asks for, and that it is ill, holds for all; that a person's limit is used up, for them alone.</summary>
    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, 30, true)]
    [InlineData(HttpStatusCode.BadGateway, null, true)]
    [InlineData(HttpStatusCode.TooManyRequests, null, false)]
    [InlineData(HttpStatusCode.OK, null, false)]
    public void Note_OfOneAccount_LeavesOthersAloneOnlyIfTheHostIsMeant(HttpStatusCode status, int? retryAfter, bool isHost)
    {
        var pauses = new HostPauses(_time);
        pauses.Note(_host, "7", Answer(status, retryAfter, 0, 120));

        Assert.Throws<MastodonException>(() => pauses.Check(_host, "7"));
        Assert.Equal(isHost, pauses.IsPaused(_host));
        Assert.Equal(isHost, Record.Exception(() => pauses.Check(_host, "8")) is MastodonException);
    }

    private HttpResponseMessage Answer(HttpStatusCode status, int? retryAfter, int? left, int? reset)
    {
        var answer = new HttpResponseMessage(status);
        answer.Headers.RetryAfter = retryAfter is { } seconds ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) : null;
        if (left is { } some)
        {
            answer.Headers.Add("X-RateLimit-Limit", "300");
            answer.Headers.Add("X-RateLimit-Remaining", $"{some}");
            answer.Headers.Add("X-RateLimit-Reset", $"{_time.GetUtcNow().AddSeconds(reset!.Value):O}");
        }

        return answer;
    }
}
