using Grpc.Core;

namespace CustomerContext.Standins.Tests.Grpc;

public class DeadlineTests
{
    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Deadline_Passing_EndsCallAndCancelsHandler()
    {
        await using var host = await ProbeHost.StartAsync();
        var cancelled = new TaskCompletionSource<DateTime>();
        host.Script.Ask = async (_, context) =>
        {
            context.CancellationToken.Register(() => cancelled.SetResult(context.Deadline));
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
            return new Answer();
        };

        var deadline = Now.AddMilliseconds(300);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.AskAsync(new Question(), deadline: deadline));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.InRange(await cancelled.Task, deadline.AddSeconds(-1), deadline.AddSeconds(5));
    }

    [Fact]
    public async Task Deadline_WhileStreaming_EndsTheStream()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.List = async (_, answers, context) =>
        {
            await answers.WriteAsync(new Answer { Text = "first" });
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        };

        await host.Client.AskAsync(new Question()); // Connects, which may take long.

        using var call = host.Client.List(new Question(), deadline: Now.AddSeconds(2));
        Assert.True(await call.ResponseStream.MoveNext());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Deadline_InThePast_NeverReachesTheServer()
    {
        await using var host = await ProbeHost.StartAsync();
        var reached = false;
        host.Script.Ask = (_, _) =>
        {
            reached = true;
            return Task.FromResult(new Answer());
        };

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Client.AskAsync(new Question(), deadline: Now.AddSeconds(-1)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.False(reached);
    }

    [Fact]
    public async Task Deadline_Kept_ChangesNothing()
    {
        await using var host = await ProbeHost.StartAsync();

        var answer = await host.Client.AskAsync(new Question { Text = "quick" }, deadline: Now.AddMinutes(1));

        Assert.Equal("quick", answer.Text);
    }

    [Fact]
    public async Task Deadline_LocalTime_IsRefused()
    {
        await using var host = await ProbeHost.StartAsync();
        var local = DateTime.SpecifyKind(Now.AddMinutes(1), DateTimeKind.Local);

        Assert.Throws<InvalidOperationException>(() => host.Client.AskAsync(new Question(), deadline: local));
    }
}
