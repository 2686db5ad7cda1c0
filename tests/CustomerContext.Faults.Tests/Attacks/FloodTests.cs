using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerContext.Faults.Tests.Clients;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>
/// One company sends far more than the silo can do, by h2load: some of it is refused, in its name and in nobody else's, while another company's looks are answered and a customer's revoke returns. CC_FLOOD
/// seconds of each.
/// </summary>
public sealed partial class FloodTests(ITestOutputHelper output) : IDisposable
{
    private const string Email = "flooded@example.org";
    private const int Connections = 8;
    private const int AtOnce = 50;

    private static readonly int _seconds = Trials.Count("CC_FLOOD", 4);

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public Task Signals_OfOneCompany_ShedWhileLooksOfAnotherAndARevokeGo() => Flooded("Signals", "SignalService/PublishSignals", new PublishSignalsRequest
    {
        Signals = { Enumerable.Range(0, Domain.Limits.Requests.Signals).Select(i => Requests.Turn($"nobody-{i}@example.org", "c", i)) },
    });

    [Fact]
    public Task Looks_OfOneCompany_ShedWhileLooksOfAnotherAndARevokeGo() => Flooded("Call", "ContextService/BatchGetContexts", new BatchGetContextsRequest
    {
        Purpose = Requests.Purpose,
        InteractionId = "call-1",
        Subjects =
        {
            Enumerable.Range(0, Domain.Limits.Requests.Subjects).Select(i => new SubjectIdentifier
            {
                Aliases = new Aliases { Identifiers = { Enumerable.Range(0, 8).Select(j => new SubjectIdentifier { Opaque = $"nobody-{i}-{j}" }) } },
            }),
        },
    });

    private async Task Flooded(string kind, string method, IMessage message)
    {
        await using var silo = await SiloProcess.Start(_data.Path);
        using var client = new SiloClient(silo.Grpc, silo.Tokens, oneConnection: true);
        var grants = await client.MakeCustomer(Email, "acme", "globex");
        await Look();
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("message"), Framed(message));
        var before = silo.Memory;

        var flood = Tool.Run(
            "h2load",
            [
                "-D", $"{_seconds}", "-c", $"{Connections}", "-m", $"{AtOnce}", "-d", folder.File("message"),
                "-H", "content-type: application/grpc", "-H", "te: trailers",
                "-H", $"authorization: Bearer {silo.Tokens.Sign(DevTokens.Actor("acme", "flood", isPerson: false))}",
                $"{silo.Grpc}customercontext.v1.{method}",
            ]);
        var (looks, longest, revoked) = (0, TimeSpan.Zero, TimeSpan.Zero);
        while (!flood.IsCompleted)
        {
            var took = await Look();
            (looks, longest) = (looks + 1, took > longest ? took : longest);
            if (revoked == TimeSpan.Zero && (await ShedOf(silo)).Count > 0)
            {
                var begun = TimeProvider.System.GetTimestamp();
                await client.Consents.RevokeGrantAsync(Requests.Revoke(grants[0]), client.AsCustomer(Email));
                revoked = TimeProvider.System.GetElapsedTime(begun);
            }
        }

        var printed = await flood;

        var shed = await ShedOf(silo);
        output.WriteLine(
            $"{string.Join(", ", shed)} shed; {looks} looks of another company meanwhile, the longest {longest.TotalMilliseconds:0} ms; a revoke took {revoked.TotalMilliseconds:0} ms; the process grew by {(silo.Memory - before) / 1e6:0} MB\n{Finished().Match(printed).Value}");
        Assert.Equal((kind, "acme"), Assert.Single(shed).Key);
        Assert.True(looks > 0 && revoked > TimeSpan.Zero);

        async Task<TimeSpan> Look()
        {
            var asked = TimeProvider.System.GetTimestamp();
            await Patience.Try(() => client.Contexts.GetContextAsync(Requests.Lookup(Email), client.AsAgent("globex")).ResponseAsync);
            return TimeProvider.System.GetElapsedTime(asked);
        }
    }

    /// <summary>What was refused for want of room, by kind and company.</summary>
    private static async Task<Dictionary<(string Kind, string Tenant), double>> ShedOf(SiloProcess silo)
    {
        using var http = new HttpClient();
        return Shed().Matches(await http.GetStringAsync(new Uri(silo.Http, "/metrics")))
            .ToDictionary(one => (one.Groups["kind"].Value, one.Groups["tenant"].Value), one => double.Parse(one.Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    private static byte[] Framed(IMessage message)
    {
        var frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.WriteTo(frame.AsSpan(5));
        return frame;
    }

    [GeneratedRegex("finished in .*")]
    private static partial Regex Finished();

    [GeneratedRegex("""customercontext_calls_shed_total\{.*kind="(?<kind>\w+)",tenant="(?<tenant>\w*)".*\} (?<count>\S+)""")]
    private static partial Regex Shed();
}
