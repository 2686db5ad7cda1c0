using Grpc.Core;

namespace CustomerContext.Standins.Tests.Grpc;

public class CancellationTests
{
    [Fact]
    public async Task Token_OfUnaryCall_CancelsHandler()
    {
        await using var host = await ProbeHost.StartAsync();
        var (entered, cancelled) = Signals();
        host.Script.Ask = async (_, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
            return new Answer();
        };
        using var cancel = new CancellationTokenSource();

        using var call = host.Client.AskAsync(new Question(), cancellationToken: cancel.Token);
        await entered.Task;
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        await cancelled.Task;

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        Assert.Equal("Call canceled by the client.", error.Status.Detail);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Token_WithThrowOption_IsOperationCanceled()
    {
        await using var host = await ProbeHost.StartAsync(channel: new() { ThrowOperationCanceledOnCancellation = true });
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        using var call = host.Client.AskAsync(new Question(), cancellationToken: cancel.Token);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.ResponseAsync);
        Assert.Equal(cancel.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Dispose_OfStreamingCall_CancelsHandler()
    {
        await using var host = await ProbeHost.StartAsync();
        var (_, cancelled) = Signals();
        host.Script.List = async (_, answers, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            await answers.WriteAsync(new Answer());
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        };

        var call = host.Client.List(new Question());
        Assert.True(await call.ResponseStream.MoveNext());
        call.Dispose();
        await cancelled.Task;

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(new(StatusCode.Cancelled, "gRPC call disposed."), call.GetStatus());
    }

    [Fact]
    public async Task MoveNext_WithToken_CancelsTheCall()
    {
        await using var host = await ProbeHost.StartAsync();
        var (_, cancelled) = Signals();
        host.Script.Talk = async (_, answers, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            await answers.WriteAsync(new Answer());
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        };
        using var cancel = new CancellationTokenSource();

        using var call = host.Client.Talk();
        Assert.True(await call.ResponseStream.MoveNext());
        var next = call.ResponseStream.MoveNext(cancel.Token);
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => next);
        await cancelled.Task;

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Fact]
    public async Task ServerWrite_WithCancelledToken_AbortsTheCall()
    {
        await using var host = await ProbeHost.StartAsync();
        var (read, _) = Signals();
        var thrown = new TaskCompletionSource<Exception?>();
        host.Script.List = async (_, answers, _) =>
        {
            await answers.WriteAsync(new Answer());
            await read.Task;
            thrown.SetResult(await Record.ExceptionAsync(() => answers.WriteAsync(new Answer(), new CancellationToken(canceled: true))));
        };

        using var call = host.Client.List(new Question());
        Assert.True(await call.ResponseStream.MoveNext());
        read.SetResult();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.IsAssignableFrom<OperationCanceledException>(await thrown.Task);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Fact]
    public async Task ServerWrite_ToCallerThatDoesNotRead_WaitsUntilItsTokenEndsTheCall()
    {
        await using var host = await ProbeHost.StartAsync();
        var blocked = new TaskCompletionSource();
        var thrown = new TaskCompletionSource<Exception?>();
        using var evict = new CancellationTokenSource();
        host.Script.List = async (_, answers, _) =>
        {
            var blob = Google.Protobuf.ByteString.CopyFrom(new byte[1_000_000]);
            thrown.SetResult(await Record.ExceptionAsync(async () =>
            {
                while (true)
                {
                    var write = answers.WriteAsync(new Answer { Blob = blob }, evict.Token);
                    if (!write.IsCompleted)
                    {
                        blocked.TrySetResult();
                    }

                    await write;
                }
            }));
        };

        using var call = host.Client.List(new Question());
        await blocked.Task;
        await evict.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await thrown.Task);
    }

    [Fact]
    public async Task ServerWrite_WhileAnotherIsGoingOn_Throws()
    {
        await using var host = await ProbeHost.StartAsync();
        var thrown = new TaskCompletionSource<Exception?>();
        host.Script.List = async (_, answers, _) =>
        {
            var blob = Google.Protobuf.ByteString.CopyFrom(new byte[1_000_000]);
            Task write;
            do
            {
                write = answers.WriteAsync(new Answer { Blob = blob });
            }
            while (write.IsCompletedSuccessfully);

            thrown.SetResult(await Record.ExceptionAsync(() => answers.WriteAsync(new Answer())));
            await write;
        };

        using var call = host.Client.List(new Question());
        var error = Assert.IsType<InvalidOperationException>(await thrown.Task);

        Assert.Equal("Can't write the message because the previous write is in progress.", error.Message);
    }

    [Fact]
    public async Task ServerStreams_AfterTheHandler_RefuseUse()
    {
        await using var host = await ProbeHost.StartAsync();
        var left = new TaskCompletionSource<(IAsyncStreamReader<Question> Reader, IServerStreamWriter<Answer> Writer)>();
        host.Script.Talk = (questions, answers, _) =>
        {
            left.SetResult((questions, answers));
            return Task.CompletedTask;
        };

        using var call = host.Client.Talk();
        Assert.False(await call.ResponseStream.MoveNext());
        var (reader, writer) = await left.Task;

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteAsync(new Answer()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.MoveNext());
    }

    [Fact]
    public async Task ClientWrite_AfterComplete_Throws()
    {
        await using var host = await ProbeHost.StartAsync();

        using var call = host.Client.Talk();
        await call.RequestStream.CompleteAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new Question()));
    }

    [Fact]
    public async Task ClientWrite_AfterServerEnded_ThrowsItsStatus()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.Talk = (_, _, _) => throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));

        using var call = host.Client.Talk();
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new Question()));

        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
    }

    [Fact]
    public async Task ChannelDispose_RunningCall_EndsIt()
    {
        await using var host = await ProbeHost.StartAsync();
        var (entered, _) = Signals();
        host.Script.Ask = async (_, context) =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
            return new Answer();
        };

        using var call = host.Client.AskAsync(new Question());
        await entered.Task;
        host.Channel.Dispose();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        Assert.Throws<ObjectDisposedException>(() => host.Client.AskAsync(new Question()));
    }

    private static (TaskCompletionSource Entered, TaskCompletionSource Cancelled) Signals() => (new(), new());
}
