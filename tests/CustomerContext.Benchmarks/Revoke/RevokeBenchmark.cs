using System.Diagnostics;
using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Benchmarks.Serving;
using CustomerContext.Benchmarks.Town;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Benchmarks.Revoke;

/// <summary>
/// Revoke-to-dark time: from RevokeGrant sent to its reply, and to the last frame that any of the customer's open watches got, while signals keep coming. Once for each
/// grant; the watches are opened anew for the next.
/// </summary>
internal static class RevokeBenchmark
{
    private const int RevokesPerRound = 10;
    private const int WatchesPerPool = 300;

    private static readonly int[] _watches = [100, 1_000];

    public static async Task Run(BenchmarkOptions options)
    {
        foreach (var store in options.Stores)
        {
            await using var server = await ServerProcess.Start(store, options.Fsync);
            using var connections = new Connections(server.Address);
            var tokens = new Tokens(server.DataFolder);
            var customers = new Customers(connections, tokens);
            await customers.Make(0, 1, customer => Signals.Past(customer, TimeProvider.System.GetUtcNow()));
            await customers.RevokeAll(0);
            await Measure(connections, customers, tokens, _watches[0]); // brings in the code
            var measured = new List<Dark>();
            foreach (var watches in _watches)
            {
                var times = new List<(double Reply, double LastFrame)>();
                for (var round = 0; round < options.Rounds * RevokesPerRound; round++)
                {
                    times.Add(await Measure(connections, customers, tokens, watches));
                }

                measured.Add(Dark.Of(watches, times));
            }

            Print(options, Setting.Of(store, options), measured);
        }
    }

    private static async Task<(double Reply, double LastFrame)> Measure(Connections connections, Customers customers, Tokens tokens, int watches)
    {
        var grant = await customers.Grant(0);

        // A connection carries a hundred streams at once.
        var pools = Enumerable.Range(0, (watches / WatchesPerPool) + 1).Select(_ => new Connections(connections.Address)).ToArray();
        var watching = Enumerable.Range(0, watches).Select(i => new Watching(pools[i % pools.Length].Next().Contexts, customers.Tenant, Customers.Email(0))).ToArray();
        await Task.WhenAll(watching.Select(watch => watch.Opened));
        using var stop = new CancellationTokenSource();
        var talk = Talk(connections, customers, stop.Token);
        var headers = Customers.HeadersOf(tokens.OfCustomer(Customers.Email(0)));
        var sent = Stopwatch.GetTimestamp();
        await connections.Next().Consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = Guid.CreateVersion7().ToString(), GrantId = grant }, headers);
        var replied = Stopwatch.GetTimestamp();
        await Task.WhenAll(watching.Select(watch => watch.Ended));
        await stop.CancelAsync();
        await talk;
        Array.ForEach(pools, pool => pool.Dispose());
        var last = Math.Max(sent, watching.Max(watch => watch.LastFrame));
        return (Stopwatch.GetElapsedTime(sent, replied).TotalMilliseconds, Stopwatch.GetElapsedTime(sent, last).TotalMilliseconds);
    }

    private static async Task Talk(Connections connections, Customers customers, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var signal = Signals.Past(0, TimeProvider.System.GetUtcNow()).Last();
            signal.Id = Guid.CreateVersion7().ToString();
            await connections.Next().Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { signal } }, customers.Tenant, cancellationToken: CancellationToken.None);
        }
    }

    private static void Print(BenchmarkOptions options, Setting setting, List<Dark> measured)
    {
        if (options.Json)
        {
            Json.Print(new { Benchmark = "revoke", Setting = setting, Measured = measured });
            return;
        }

        Console.WriteLine($"{setting}\n");
        Table.Print(
        [
            ["open watches", "revokes", "reply p50 ms", "reply p99 ms", "last frame p50 ms", "last frame p99 ms"],
            .. measured.Select(one => (string[])
                [$"{one.Watches}", $"{one.Revokes}", $"{one.ReplyP50:0.0}", $"{one.ReplyP99:0.0}", $"{one.LastFrameP50:0.0}", $"{one.LastFrameP99:0.0}"]),
        ]);
        Console.WriteLine();
    }
}

/// <summary>How long it took until all was dark.</summary>
internal sealed record Dark(int Watches, int Revokes, double ReplyP50, double ReplyP99, double LastFrameP50, double LastFrameP99)
{
    public static Dark Of(int watches, List<(double Reply, double LastFrame)> times)
    {
        var replies = times.Select(one => one.Reply).Order().ToArray();
        var frames = times.Select(one => one.LastFrame).Order().ToArray();
        return new Dark(watches, times.Count, At(replies, 0.5), At(replies, 0.99), At(frames, 0.5), At(frames, 0.99));
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(share * sorted.Length))];
}

/// <summary>One open watch: when its first message came, when its last frame did, when it ended.</summary>
internal sealed class Watching
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastFrame;

    public Watching(ContextService.ContextServiceClient contexts, Metadata tenant, string email)
    {
        var request = new WatchContextRequest
        {
            Subject = new SubjectIdentifier { Email = email },
            Purpose = Customers.Purpose,
            Facets = { Customers.Facets },
            InteractionId = "call-1",
        };
        Ended = Read(contexts.WatchContext(request, tenant));
    }

    public Task Opened => _opened.Task;

    public Task Ended { get; }

    /// <summary>A timestamp of <see cref="Stopwatch"/>.</summary>
    public long LastFrame => Volatile.Read(ref _lastFrame);

    private async Task Read(AsyncServerStreamingCall<WatchContextResponse> call)
    {
        using (call)
        {
            try
            {
                while (await call.ResponseStream.MoveNext(CancellationToken.None))
                {
                    if (call.ResponseStream.Current.Frame is not null)
                    {
                        Volatile.Write(ref _lastFrame, Stopwatch.GetTimestamp());
                        _opened.TrySetResult();
                    }
                }
            }
            catch (RpcException error)
            {
                _opened.TrySetException(error);
                throw;
            }
        }
    }
}
