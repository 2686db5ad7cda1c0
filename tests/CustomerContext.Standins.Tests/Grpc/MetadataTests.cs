using Grpc.Core;

namespace CustomerContext.Standins.Tests.Grpc;

public class MetadataTests
{
    [Fact]
    public async Task RequestHeaders_TextAndBinary_ReachTheHandler()
    {
        await using var host = await ProbeHost.StartAsync();
        Metadata? seen = null;
        host.Script.Ask = (_, context) =>
        {
            seen = context.RequestHeaders;
            return Task.FromResult(new Answer());
        };

        await host.Client.AskAsync(new Question(), new Metadata { { "Some-Key", "value" }, { "raw-bin", [1, 2, 3, 4] } });

        Assert.Equal("value", seen!.GetValue("some-key"));
        Assert.Equal([1, 2, 3, 4], seen.GetValueBytes("raw-bin"));
        Assert.DoesNotContain(seen, entry => entry.Key is "te" or "content-type" or "grpc-accept-encoding" || entry.Key.StartsWith(':'));
        Assert.NotNull(seen.GetValue("user-agent"));
    }

    [Fact]
    public async Task ResponseHeaders_OfHandler_ReachTheCaller()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.List = async (_, answers, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "early", "yes" }, { "raw-bin", [9] } });
            context.ResponseTrailers.Add("late", "yes");
            await answers.WriteAsync(new Answer());
        };

        using var call = host.Client.List(new Question());
        var headers = await call.ResponseHeadersAsync;
        await foreach (var _ in call.ResponseStream.ReadAllAsync())
        {
        }

        Assert.Equal("yes", headers.GetValue("early"));
        Assert.Equal([9], headers.GetValueBytes("raw-bin"));
        Assert.Null(headers.GetValue("late"));
        Assert.Equal("yes", call.GetTrailers().GetValue("late"));
    }

    [Fact]
    public async Task WriteResponseHeaders_Twice_Throws()
    {
        await using var host = await ProbeHost.StartAsync();
        Exception? second = null;
        host.Script.Ask = async (_, context) =>
        {
            await context.WriteResponseHeadersAsync([]);
            second = await Record.ExceptionAsync(() => context.WriteResponseHeadersAsync([]));
            return new Answer();
        };

        await host.Client.AskAsync(new Question());

        Assert.IsType<InvalidOperationException>(second);
    }

    [Fact]
    public async Task Context_OfCall_TellsWhoAndWhat()
    {
        await using var host = await ProbeHost.StartAsync();
        ServerCallContext? seen = null;
        (string Method, string Host, string Peer, DateTime Deadline, bool Trusted, bool HasHttp) values = default;
        host.Script.Ask = (_, context) =>
        {
            seen = context;
            context.UserState["mine"] = 1;
            values = (context.Method, context.Host, context.Peer, context.Deadline, context.AuthContext.IsPeerAuthenticated,
                context.GetHttpContext().Items.ContainsKey("mine"));
            return Task.FromResult(new Answer());
        };

        await host.Client.AskAsync(new Question());

        Assert.NotNull(seen);
        Assert.Equal("/probe.Probe/Ask", values.Method);
        Assert.Equal(host.Address.Authority, values.Host);
        Assert.StartsWith("ipv4:127.0.0.1:", values.Peer, StringComparison.Ordinal);
        Assert.Equal(DateTime.MaxValue, values.Deadline);
        Assert.False(values.Trusted);
        Assert.True(values.HasHttp);
    }

    [Fact]
    public void Entry_Keys_AreLowerCasedAndChecked()
    {
        Assert.Equal("some-key", new Metadata.Entry("Some-Key", "v").Key);
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("bad key", "v"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("raw-bin", "v"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("raw", [1]));
    }

    [Fact]
    public void Metadata_Empty_CannotBeChanged() => Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("key", "value"));

    [Fact]
    public void Get_RepeatedKey_IsTheLast()
    {
        var metadata = new Metadata { { "key", "a" }, { "KEY", "b" } };

        Assert.Equal("b", metadata.GetValue("Key"));
        Assert.Equal(["a", "b"], metadata.GetAll("key").Select(entry => entry.Value));
    }
}
