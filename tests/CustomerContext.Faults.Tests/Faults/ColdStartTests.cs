using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>
/// After <c>kill -9</c> and a restart nobody is in memory, and all agents look at once: each customer once, 256 looks in flight, as soon as the silo is ready. Nobody is refused because
/// others are being loaded. CC_COLD_STARTS times.
/// </summary>
public sealed class ColdStartTests(ITestOutputHelper output) : IDisposable
{
    private const int Customers = 2_000;
    private const int InFlight = 256;
    private const int MadeAtOnce = 32;

    private static readonly int _starts = Trials.Count("CC_COLD_STARTS", 1);

    // As long as a patient caller waits: what takes longer counts as refused.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly TempFolder _data = new();

    [Fact]
    public Task Lookups_AllCustomersAtOnceAfterAKillOnSqlite_NobodyIsRefused() => StartAndLook();

    [Fact]
    public async Task Lookups_AllCustomersAtOnceAfterAKillOnRedis_NobodyIsRefused()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await StartAndLook("--redis", redis.EndPoint);
    }

    public void Dispose() => _data.Dispose();

    private static string Email(int number) => $"cold{number}@example.org";

    private async Task StartAndLook(params string[] arguments)
    {
        await using (var first = await SiloProcess.Start(_data.Path, arguments))
        {
            await MakeCustomers(first);
            await first.Kill();
        }

        var refused = new List<string>();
        for (var start = 0; start < _starts; start++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var silo = await SiloProcess.Start(_data.Path, arguments);
            var ready = Stopwatch.GetElapsedTime(begun);
            refused.AddRange(await LookAtEverybody(silo, ready));
            await silo.Kill();
        }

        Assert.Empty(refused);
    }

    private static async Task MakeCustomers(SiloProcess silo)
    {
        using var client = new SiloClient(silo);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = MadeAtOnce };
        await Parallel.ForAsync(0, Customers, atOnce, async (number, _) =>
        {
            await client.MakeCustomer(Email(number), "acme");
            var turns = Enumerable.Range(1, 3).Select(turn => Requests.Turn(Email(number), $"talk-{number}", turn));
            await Patience.Try(() => client.Signals.PublishSignalsAsync(Requests.Publish(turns), client.AsProgram()).ResponseAsync);
        });
    }

    /// <summary>What the refused looks were told.</summary>
    private async Task<string[]> LookAtEverybody(SiloProcess silo, TimeSpan ready)
    {
        using var client = new SiloClient(silo);
        var looks = new (TimeSpan Began, TimeSpan Ended, string? Refusal)[Customers];
        var processor = silo.ProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Customers, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (number, _) =>
        {
            var began = Stopwatch.GetElapsedTime(begun);
            string? refusal = null;
            try
            {
                await client.Contexts.GetContextAsync(Requests.Lookup(Email(number)), client.AsProgram(deadline: _patience));
            }
            catch (RpcException error)
            {
                refusal = $"{error.StatusCode}: {error.Status.Detail}";
            }

            looks[number] = (began, Stopwatch.GetElapsedTime(begun), refusal);
        });
        var took = Stopwatch.GetElapsedTime(begun);
        var ends = looks.Select(look => look.Ended).Order().ToArray();
        var times = looks.Select(look => look.Ended - look.Began).Order().ToArray();
        string[] refusals = [.. looks.Select(look => look.Refusal).OfType<string>()];
        output.WriteLine($"ready after {ready.TotalSeconds:F1} s; {refusals.Length} of {Customers} refused; {Customers / took.TotalSeconds:F0} looks/s; first answer after {ends[0].TotalMilliseconds:F0} ms; "
            + $"longest gap {ends.Zip(ends.Skip(1), (one, next) => next - one).Max().TotalMilliseconds:F0} ms; a look took {times[Customers / 2].TotalMilliseconds:F0} ms (p50), {times[^1].TotalMilliseconds:F0} ms (longest), "
            + $"{(silo.ProcessorTime - processor).TotalMilliseconds / Customers:F1} ms of processor time");
        foreach (var line in silo.Output.Split('\n').Where(line => line.Contains("failed with", StringComparison.Ordinal)))
        {
            output.WriteLine($"  the silo: {line.Trim()}");
        }

        return refusals;
    }
}
