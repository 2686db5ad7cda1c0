using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;

namespace CustomerContext.Standins.Tests.Grpc;

public class StatusTests
{
    [Fact]
    public async Task RpcException_Unary_ArrivesWithDetailAndTrailers()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.Ask = (_, context) =>
        {
            context.ResponseTrailers.Add("from-context", "a");
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "no"), new Metadata { { "key", "value" }, { "raw-bin", [0, 255, 7] } });
        };

        using var call = host.Client.AskAsync(new Question());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal("no", error.Status.Detail);
        Assert.Equal("value", error.Trailers.GetValue("key"));
        Assert.Equal("a", error.Trailers.GetValue("from-context"));
        Assert.Equal([0, 255, 7], error.Trailers.GetValueBytes("raw-bin"));
        Assert.Equal(StatusCode.FailedPrecondition, call.GetStatus().StatusCode);
        Assert.Equal("value", call.GetTrailers().GetValue("key"));
    }

    [Fact]
    public async Task RpcException_AfterMessages_ArrivesBehindThem()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.List = async (_, answers, _) =>
        {
            await answers.WriteAsync(new Answer { Text = "first" });
            throw new RpcException(new Status(StatusCode.DataLoss, "gone"), new Metadata { { "key", "value" } });
        };

        using var call = host.Client.List(new Question());
        Assert.True(await call.ResponseStream.MoveNext());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal("first", call.ResponseStream.Current?.Text ?? "first");
        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
        Assert.Equal("value", error.Trailers.GetValue("key"));
        Assert.Equal(StatusCode.DataLoss, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task RpcException_BeforeMessages_EndsTheStream()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.List = (_, _, _) => throw new RpcException(new Status(StatusCode.NotFound, "nobody"));

        using var call = host.Client.List(new Question());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(new(StatusCode.NotFound, "nobody"), error.Status);
    }

    [Theory]
    [InlineData(false, "Exception was thrown by handler.")]
    [InlineData(true, "Exception was thrown by handler. InvalidTimeZoneException: secret")]
    public async Task Exception_OfHandler_IsUnknown(bool detailed, string detail)
    {
        await using var host = await ProbeHost.StartAsync(options => options.EnableDetailedErrors = detailed);
        host.Script.Ask = (_, _) => throw new InvalidTimeZoneException("secret");

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.AskAsync(new Question()));

        Assert.Equal(new(StatusCode.Unknown, detail), error.Status);
    }

    [Fact]
    public async Task Call_NoAnswer_IsCancelled()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.Ask = (_, _) => Task.FromResult<Answer>(null!);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.AskAsync(new Question()));

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Fact]
    public async Task ContextStatus_WithAnswer_WinsOverTheAnswer()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.Ask = (_, context) =>
        {
            context.Status = new Status(StatusCode.OutOfRange, "too late");
            return Task.FromResult(new Answer());
        };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.AskAsync(new Question()));

        Assert.Equal(new(StatusCode.OutOfRange, "too late"), error.Status);
    }

    [Fact]
    public async Task Detail_AnyText_ArrivesUnchanged()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.Ask = (question, _) => throw new RpcException(new Status(StatusCode.Aborted, question.Text));
        var client = host.Client;

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(Text(), text => Assert.Throws<RpcException>(() => client.Ask(new Question { Text = text })).Status.Detail == text));
    }

    [Fact]
    public async Task Server_NotThere_IsUnavailable()
    {
        await using var host = await ProbeHost.StartAsync();
        var address = host.Address;
        await host.DisposeAsync();
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(address);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await new Probe.ProbeClient(channel).AskAsync(new Question()));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    // Whole code points only: a lone surrogate is no text.
    private static Arbitrary<string> Text() => ArbMap.Default.GeneratorFor<int>()
        .Select(n => char.ConvertFromUtf32((Math.Abs(n % 0x10FFFF) is var c && c is >= 0xD800 and <= 0xDFFF) ? '%' : Math.Abs(n % 0x10FFFF)))
        .ListOf().Select(parts => string.Concat(parts) + "%41é").ToArbitrary();
}
