using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace CustomerContext.Standins.Tests.Grpc;

public class CallKindTests
{
    [Fact]
    public async Task Unary_Message_ComesBack()
    {
        await using var host = await ProbeHost.StartAsync();

        using var call = host.Client.AskAsync(new Question { Text = "hello", Count = 3 });

        Assert.Equal(new Answer { Text = "hello", Count = 3 }, await call);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
    }

    [Fact]
    public async Task Unary_Blocking_ComesBack()
    {
        await using var host = await ProbeHost.StartAsync();

        var answer = await Task.Run(() => host.Client.Ask(new Question { Text = "hello" }));

        Assert.Equal("hello", answer.Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task ServerStreaming_Messages_ArriveInOrder(int count)
    {
        await using var host = await ProbeHost.StartAsync();

        using var call = host.Client.List(new Question { Text = "n", Count = count });
        var counts = new List<int>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
        {
            counts.Add(answer.Count);
        }

        Assert.Equal(Enumerable.Range(0, count), counts);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task ClientStreaming_Messages_AreAllRead(int count)
    {
        await using var host = await ProbeHost.StartAsync();

        using var call = host.Client.Collect();
        for (var i = 0; i < count; i++)
        {
            await call.RequestStream.WriteAsync(new Question { Text = "x" });
        }

        await call.RequestStream.CompleteAsync();

        var answer = await call;
        Assert.Equal(count, answer.Count);
        Assert.Equal(new string('x', count), answer.Text);
    }

    [Fact]
    public async Task Duplex_Messages_GoToAndFro()
    {
        await using var host = await ProbeHost.StartAsync();

        using var call = host.Client.Talk();
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new Question { Text = $"{i}" });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal($"{i}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(3_000_000)]
    public async Task Unary_AnySize_ComesBack(int bytes)
    {
        await using var host = await ProbeHost.StartAsync();
        var blob = Google.Protobuf.ByteString.CopyFrom([.. Enumerable.Range(0, bytes).Select(i => (byte)i)]);

        var answer = await host.Client.AskAsync(new Question { Blob = blob });

        Assert.Equal(blob, answer.Blob);
    }

    [Fact]
    public async Task ClientStreaming_BeyondKestrelsBodyLimit_IsRead()
    {
        await using var host = await ProbeHost.StartAsync();
        var blob = Google.Protobuf.ByteString.CopyFrom(new byte[1_000_000]);

        using var call = host.Client.Collect();
        for (var i = 0; i < 40; i++)
        {
            await call.RequestStream.WriteAsync(new Question { Blob = blob });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(40, (await call).Count);
    }

    [Fact]
    public async Task Unary_NotOverridden_IsUnimplemented()
    {
        await using var host = await ProbeHost.StartAsync(map: app => app.MapGrpcService<Bare>());

        var error = await Assert.ThrowsAsync<RpcException>(async () => await new Spare.SpareClient(host.Channel).AskAsync(new Question()));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    private sealed class Bare : Spare.SpareBase;
}
