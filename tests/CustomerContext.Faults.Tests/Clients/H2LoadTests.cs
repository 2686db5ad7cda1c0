using System.Buffers.Binary;
using System.Text.RegularExpressions;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Clients;

/// <summary>h2load, which knows HTTP/2 and nothing of gRPC: CC_H2LOAD lookups, every one answered and on record.</summary>
public sealed partial class H2LoadTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>
{
    private static readonly int _lookups = Trials.Count("CC_H2LOAD", 2_000);

    [Fact]
    public async Task GetContext_ManyTimesOverFewConnections_AllAnsweredAndOnRecord()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("lookup"), Framed(Requests.Lookup(RunningSilo.Email)));
        var before = await Head();

        var printed = await Tool.Run(
            "h2load",
            [
                "-n", $"{_lookups}", "-c", "4", "-m", "16", "-d", folder.File("lookup"),
                "-H", "content-type: application/grpc", "-H", "te: trailers",
                "-H", $"authorization: Bearer {running.Silo.Tokens.Sign(DevTokens.Actor("acme"))}",
                $"{running.Silo.Grpc}customercontext.v1.ContextService/GetContext",
            ]);

        Assert.Contains($"{_lookups} succeeded, 0 failed, 0 errored, 0 timeout", printed, StringComparison.Ordinal);
        Assert.Contains($"{_lookups} 2xx", printed, StringComparison.Ordinal);

        // h2load does not look at grpc-status; a lookup without an answer leaves no record.
        Assert.Equal(_lookups, await Head() - before);
        output.WriteLine(Finished().Match(printed).Value);
    }

    private async Task<long> Head() =>
        (await running.Client.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 1 }, running.Client.AsCustomer(RunningSilo.Email)))
        .ChainHead.Sequence;

    private static byte[] Framed(GetContextRequest request)
    {
        var frame = new byte[5 + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        request.WriteTo(frame.AsSpan(5));
        return frame;
    }

    [GeneratedRegex("finished in .*")]
    private static partial Regex Finished();
}
