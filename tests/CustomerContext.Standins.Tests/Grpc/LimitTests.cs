using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Standins.Tests.Grpc;

public class LimitTests
{
    private const int Limit = 1000;

    // A blob has a tag and a length of two bytes before it.
    private const int Overhead = 3;

    [Theory]
    [InlineData(Limit, StatusCode.OK)]
    [InlineData(Limit + 1, StatusCode.ResourceExhausted)]
    public async Task ServerReceives_AtLimit_Passes(int bytes, StatusCode expected)
    {
        await using var host = await ProbeHost.StartAsync(options => options.MaxReceiveMessageSize = Limit);

        Assert.Equal(expected, await CodeAsync(host, new Question { Blob = Blob(bytes) }));
    }

    [Theory]
    [InlineData(Limit, StatusCode.OK)]
    [InlineData(Limit + 1, StatusCode.ResourceExhausted)]
    public async Task ServerSends_AtLimit_Passes(int bytes, StatusCode expected)
    {
        await using var host = await ProbeHost.StartAsync(options => options.MaxSendMessageSize = Limit);

        Assert.Equal(expected, await CodeAsync(host, new Question { Blob = Blob(bytes) }));
    }

    [Theory]
    [InlineData(Limit, StatusCode.OK)]
    [InlineData(Limit + 1, StatusCode.ResourceExhausted)]
    public async Task ClientReceives_AtLimit_Passes(int bytes, StatusCode expected)
    {
        await using var host = await ProbeHost.StartAsync(channel: new() { MaxReceiveMessageSize = Limit });

        Assert.Equal(expected, await CodeAsync(host, new Question { Blob = Blob(bytes) }));
    }

    [Theory]
    [InlineData(Limit, StatusCode.OK)]
    [InlineData(Limit + 1, StatusCode.ResourceExhausted)]
    public async Task ClientSends_AtLimit_Passes(int bytes, StatusCode expected)
    {
        await using var host = await ProbeHost.StartAsync(channel: new() { MaxSendMessageSize = Limit });

        Assert.Equal(expected, await CodeAsync(host, new Question { Blob = Blob(bytes) }));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Compression_BothWays_ComesBack(string encoding)
    {
        await using var host = await ProbeHost.StartAsync(options =>
        {
            options.ResponseCompressionAlgorithm = encoding;
            options.ResponseCompressionLevel = CompressionLevel.Optimal;
        });
        string? seen = null;
        var ask = host.Script.Ask;
        host.Script.Ask = (question, context) =>
        {
            seen = context.GetHttpContext().Request.Headers["grpc-encoding"];
            return ask(question, context);
        };

        var answer = await host.Client.AskAsync(new Question { Blob = Blob(100_000) }, new Metadata { { "grpc-internal-encoding-request", encoding } });

        Assert.Equal(Blob(100_000), answer.Blob);
        Assert.Equal(encoding, seen);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("snappy")]
    public async Task Compression_OfNoKnownKind_IsRefusedAtStart(string encoding) => await Assert.ThrowsAnyAsync<InvalidOperationException>(
        () => ProbeHost.StartAsync(options => options.ResponseCompressionAlgorithm = encoding));

    [Fact]
    public async Task Compression_ChosenByHandler_ComesBack()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Script.List = async (_, answers, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "grpc-internal-encoding-request", "gzip" } });
            await answers.WriteAsync(new Answer { Blob = Blob(10_000) });
            answers.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
            await answers.WriteAsync(new Answer { Blob = Blob(10_000) });
        };

        using var call = host.Client.List(new Question());
        var answers = new List<Answer>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
        {
            answers.Add(answer);
        }

        Assert.Equal([Blob(10_000), Blob(10_000)], answers.Select(answer => answer.Blob));
    }

    private static async Task<StatusCode> CodeAsync(ProbeHost host, Question question)
    {
        using var call = host.Client.AskAsync(question);
        await Record.ExceptionAsync(() => call.ResponseAsync);
        return call.GetStatus().StatusCode;
    }

    private static ByteString Blob(int messageBytes) => ByteString.CopyFrom(new byte[messageBytes - Overhead]);
}
