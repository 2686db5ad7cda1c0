using System.Diagnostics;
using Grpc.Core;

namespace CustomerContext.Benchmarks.Load;

/// <summary>A closed loop: so many callers, each of which calls again as soon as it has its answer. UNAVAILABLE is counted; any other failure ends the benchmark.</summary>
internal static class ClosedLoop
{
    /// <summary>Makes <paramref name="calls"/> calls.</summary>
    public static async Task Calls(Func<int, Task> call, int inFlight, int calls)
    {
        var made = 0;
        await Callers(inFlight, async _ =>
        {
            while (Interlocked.Increment(ref made) is var number && number <= calls)
            {
                await IsAnswered(call(number));
            }
        });
    }

    /// <summary>Calls for as long as <paramref name="time"/>; how long each call took, in the order of length, and how long it all took.</summary>
    public static async Task<LoopResult> For(Func<int, Task> call, int inFlight, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var (made, failed) = (0, 0);
        var took = new List<TimeSpan>[inFlight];
        await Callers(inFlight, async caller =>
        {
            var mine = took[caller] = [];
            for (var begun = clock.Elapsed; begun < time; begun = clock.Elapsed)
            {
                if (await IsAnswered(call(Interlocked.Increment(ref made))))
                {
                    mine.Add(clock.Elapsed - begun);
                }
                else
                {
                    Interlocked.Increment(ref failed);
                }
            }
        });
        return new LoopResult([.. took.SelectMany(one => one).Order()], failed, clock.Elapsed);
    }

    private static async Task<bool> IsAnswered(Task call)
    {
        try
        {
            await call;
            return true;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }

    private static Task Callers(int inFlight, Func<int, Task> run) => Task.WhenAll(Enumerable.Range(0, inFlight).Select(caller => Task.Run(() => run(caller))));
}

/// <summary>What a loop measured.</summary>
/// <param name="Took">Each answered call's time, shortest first; at least one.</param>
/// <param name="Failed">Calls that were answered UNAVAILABLE.</param>
/// <param name="Elapsed">From the first call to the last answer.</param>
internal sealed record LoopResult(TimeSpan[] Took, int Failed, TimeSpan Elapsed)
{
    /// <summary>Answers a second.</summary>
    public double PerSecond => Took.Length / Elapsed.TotalSeconds;

    /// <summary>The time within which <paramref name="share"/> of the calls were answered, in milliseconds.</summary>
    public double Milliseconds(double share) => Took[Math.Min((int)(share * Took.Length), Took.Length - 1)].TotalMilliseconds;
}
