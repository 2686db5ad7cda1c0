using System.IO.Compression;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CustomerContext.Standins.Tests.Grpc;

/// <summary>What goes over the wire, seen by a client that is none of ours.</summary>
public class ProtocolTests
{
    private static readonly byte[] Hello = new Question { Text = "hello" }.ToByteArray();

    [Fact]
    public async Task Call_ByHand_HasMessageAndTrailers()
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address);

        using var response = await raw.SendAsync(RawCall.Frame(Hello));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(RawCall.Frame(new Answer { Text = "hello" }.ToByteArray()), await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
        Assert.False(response.TrailingHeaders.Contains("grpc-message"));
        Assert.False(response.Headers.Contains("grpc-status"));
    }

    [Fact]
    public async Task Error_BeforeAnyMessage_IsTrailersOnly()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.Ask = (_, _) => throw new global::Grpc.Core.RpcException(new(global::Grpc.Core.StatusCode.NotFound, "50% of ä\n"));
        using var raw = new RawCall(host.Address);

        using var response = await raw.SendAsync(RawCall.Frame(Hello));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["5"], response.Headers.GetValues("grpc-status"));
        Assert.Equal(["50%25 of %C3%A4%0A"], response.Headers.GetValues("grpc-message"));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task ContentType_Variations_AreAccepted(string contentType)
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address) { ContentType = contentType };

        Assert.Equal("0", (await raw.StatusAsync(RawCall.Frame(Hello))).Status);
    }

    [Theory]
    [InlineData("application/json", "Content-Type 'application/json' is not supported.")]
    [InlineData("application/grpc-web", "Content-Type 'application/grpc-web' is not supported.")]
    [InlineData(null, "Content-Type is missing from the request.")]
    public async Task ContentType_Others_AreRefused(string? contentType, string message)
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address) { ContentType = contentType };

        using var response = await raw.SendAsync(RawCall.Frame(Hello));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("13", RawCall.Value(response, "grpc-status"));
        Assert.Equal(message, RawCall.Value(response, "grpc-message"));
    }

    [Fact]
    public async Task Method_Get_IsNotFound()
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address) { Method = HttpMethod.Get };

        using var response = await raw.SendAsync([]);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Request_Http1_IsAskedToUpgrade()
    {
        await using var host = await ProbeHost.StartAsync(protocols: HttpProtocols.Http1);
        using var raw = new RawCall(host.Address) { Version = HttpVersion.Version11 };

        using var response = await raw.SendAsync(RawCall.Frame(Hello));

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("HTTP/2", response.Headers.Upgrade.Single().ToString());
    }

    [Theory]
    [InlineData("/probe.Probe/Nothing", "Method is unimplemented.")]
    [InlineData("/probe.Nobody/Ask", "Service is unimplemented.")]
    public async Task Path_Unknown_IsUnimplemented(string path, string message)
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address) { Path = path };

        Assert.Equal(("12", message), await raw.StatusAsync(RawCall.Frame(Hello)));
    }

    [Fact]
    public async Task Path_UnknownAndNoGrpc_IsNotFound()
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address) { Path = "/probe.Nobody/Ask", ContentType = "application/json" };

        using var response = await raw.SendAsync([]);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Body_Empty_IsIncomplete() => await AssertStatusAsync([], "13", "Incomplete message.");

    [Fact]
    public async Task Body_HalfAHeader_IsIncomplete() => await AssertStatusAsync([0, 0, 0], "13", "Incomplete message.");

    [Fact]
    public async Task Body_HalfAMessage_IsIncomplete() => await AssertStatusAsync(RawCall.Frame(Hello)[..^1], "13", "Incomplete message.");

    [Fact]
    public async Task Body_TwoMessages_IsAdditionalData() =>
        await AssertStatusAsync([.. RawCall.Frame(Hello), .. RawCall.Frame(Hello)], "13", "Additional data after the message received.");

    [Fact]
    public async Task Body_Undecodable_IsUnknown() => await AssertStatusAsync(RawCall.Frame([0xff, 0xff, 0xff]), "2", "Exception was thrown by handler.");

    [Fact]
    public async Task Body_StrangeFlag_IsUnknown() => await AssertStatusAsync(RawCall.Frame(Hello, flag: 7), "2", "Exception was thrown by handler.");

    [Fact]
    public async Task Body_NegativeLength_IsUnknown() => await AssertStatusAsync([0, 255, 255, 255, 255], "2", "Exception was thrown by handler.");

    [Fact]
    public async Task Body_HugeLength_IsExhausted() =>
        await AssertStatusAsync([0, 127, 255, 255, 255], "8", "Received message exceeds the maximum configured message size.");

    [Fact]
    public async Task Compressed_WithoutEncoding_IsInternal() => await AssertStatusAsync(
        RawCall.Frame(Hello, flag: 1), "13", "Request did not include grpc-encoding value with compressed message.");

    [Fact]
    public async Task Compressed_Identity_IsInternal() => await AssertStatusAsync(
        RawCall.Frame(Hello, flag: 1), "13", "Request sent 'identity' grpc-encoding value with compressed message.", ("grpc-encoding", "identity"));

    [Fact]
    public async Task Compressed_Garbage_IsUnknown() => await AssertStatusAsync(
        RawCall.Frame(Hello, flag: 1), "2", "Exception was thrown by handler.", ("grpc-encoding", "gzip"));

    [Fact]
    public async Task Compressed_Gzip_IsRead() => await AssertStatusAsync(RawCall.Frame(Gzip(Hello), flag: 1), "0", null, ("grpc-encoding", "gzip"));

    [Fact]
    public async Task Compressed_UnknownEncoding_IsUnimplementedAndNamesTheKnown()
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address) { Headers = { ["grpc-encoding"] = "snappy" } };

        using var response = await raw.SendAsync(RawCall.Frame(Hello, flag: 1));

        Assert.Equal("12", RawCall.Value(response, "grpc-status"));
        Assert.Equal("identity,gzip,deflate", RawCall.Value(response, "grpc-accept-encoding"));
        Assert.StartsWith("Unsupported grpc-encoding value 'snappy'.", RawCall.Value(response, "grpc-message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("identity", null)]
    [InlineData("identity, gzip", "gzip")]
    public async Task Response_Compression_OnlyIfTheCallerAcceptsIt(string? accepted, string? expected)
    {
        await using var host = await ProbeHost.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var raw = new RawCall(host.Address);
        if (accepted is not null)
        {
            raw.Headers["grpc-accept-encoding"] = accepted;
        }

        using var response = await raw.SendAsync(RawCall.Frame(Hello));
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(expected, RawCall.Value(response, "grpc-encoding"));
        Assert.Equal(expected is null ? 0 : 1, body[0]);
    }

    [Theory]
    [InlineData("1u")]
    [InlineData("20m")]
    [InlineData("99999999n")]
    public async Task Timeout_Short_IsDeadlineExceededAndCancelsHandler(string timeout)
    {
        await using var host = await ProbeHost.StartAsync();
        var cancelled = new TaskCompletionSource();
        host.Script.Ask = async (_, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
            return new Answer();
        };
        using var raw = new RawCall(host.Address) { Headers = { ["grpc-timeout"] = timeout } };

        Assert.Equal(("4", "Deadline Exceeded"), await raw.StatusAsync(RawCall.Frame(Hello)));
        await cancelled.Task;
    }

    [Theory]
    [InlineData("99999999H")]
    [InlineData("3M")]
    [InlineData("nonsense")]
    [InlineData("-1S")]
    [InlineData("5x")]
    public async Task Timeout_LongOrNone_DoesNotEndTheCall(string timeout)
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address) { Headers = { ["grpc-timeout"] = timeout } };

        Assert.Equal("0", (await raw.StatusAsync(RawCall.Frame(Hello))).Status);
    }

    [Theory]
    [InlineData("AQID")]
    [InlineData("AQIDBA==")]
    [InlineData("AQIDBA")]
    public async Task BinaryHeader_PaddedOrNot_IsDecoded(string base64)
    {
        await using var host = await ProbeHost.StartAsync();
        byte[]? seen = null;
        host.Script.Ask = (_, context) =>
        {
            seen = context.RequestHeaders.GetValueBytes("raw-bin");
            return Task.FromResult(new Answer());
        };
        using var raw = new RawCall(host.Address) { Headers = { ["raw-bin"] = base64 } };

        await raw.StatusAsync(RawCall.Frame(Hello));

        Assert.Equal(base64 == "AQID" ? [1, 2, 3] : [1, 2, 3, 4], seen!);
    }

    private static async Task AssertStatusAsync(byte[] body, string status, string? message, params (string Key, string Value)[] headers)
    {
        await using var host = await ProbeHost.StartAsync();
        using var raw = new RawCall(host.Address);
        foreach (var (key, value) in headers)
        {
            raw.Headers[key] = value;
        }

        Assert.Equal((status, message), await raw.StatusAsync(body));
    }

    private static byte[] Gzip(byte[] message)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(message);
        }

        return output.ToArray();
    }
}
