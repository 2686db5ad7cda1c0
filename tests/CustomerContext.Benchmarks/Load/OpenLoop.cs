using System.Diagnostics;
using Grpc.Core;
using HdrHistogram;

namespace CustomerContext.Benchmarks.Load;

/// <summary>
/// An open loop: calls leave at a fixed rate, whether or not those before them are answered, and each call's time counts from the moment it was due. So a server that stands still
/// for a moment is charged with every call that was due meanwhile; a closed loop would have waited with it and have noticed one.
/// </summary>
internal static class OpenLoop
{
    /// <summary>More calls than this that are not answered: the rate is too high for the server, and a longer queue would say nothing more. No more calls leave then.</summary>
    private const int MostInFlight = 20_000;

    private const long LongestMicroseconds = 60_000_000;
    private const int Digits = 3;

    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(1);

    /// <summary>Calls <paramref name="perSecond"/> times a second for as long as <paramref name="time"/>, then waits for the last answer.</summary>
    public static async Task<OpenResult> At(Func<int, Task> call, double perSecond, TimeSpan time)
    {
        var took = new LongConcurrentHistogram(1, LongestMicroseconds, Digits);
        var (sent, answered, failed) = (0, 0, 0);
        var wanted = (int)(perSecond * time.TotalSeconds);
        var all = wanted;
        var isKept = true;
        var begun = Stopwatch.GetTimestamp();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pace = new PeriodicTimer(_step);
        while (isKept && sent < wanted && await pace.WaitForNextTickAsync())
        {
            var due = Math.Min(wanted, (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * perSecond));
            for (; sent < due; sent++)
            {
                _ = One(sent);
            }

            isKept = sent - Volatile.Read(ref answered) <= MostInFlight;
        }

        Volatile.Write(ref all, sent);
        if (Volatile.Read(ref answered) == sent)
        {
            last.TrySetResult();
        }

        await last.Task;
        return new OpenResult(took, failed, sent, isKept);

        async Task One(int number)
        {
            try
            {
                await call(number);
                var late = Stopwatch.GetElapsedTime(begun).TotalMicroseconds - (number / perSecond * 1_000_000);
                took.RecordValue(Math.Clamp((long)late, 1, LongestMicroseconds));
            }
            catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted)
            {
                Interlocked.Increment(ref failed);
            }
            catch (Exception error)
            {
                last.TrySetException(error);
            }

            if (Interlocked.Increment(ref answered) == Volatile.Read(ref all))
            {
                last.TrySetResult();
            }
        }
    }
}

/// <summary>What an open loop measured.</summary>
/// <param name="Took">Microseconds from when a call was due to its answer.</param>
/// <param name="Failed">Calls that were answered UNAVAILABLE, or RESOURCE_EXHAUSTED by a server with too much in hand; they are not in <paramref name="Took"/>.</param>
/// <param name="Calls">All calls that left.</param>
/// <param name="IsKept">False if the server did not keep up with the rate, so that the loop stopped early.</param>
internal sealed record OpenResult(LongConcurrentHistogram Took, int Failed, int Calls, bool IsKept)
{
    /// <summary>The time within which <paramref name="percent"/> of the calls were answered, in milliseconds.</summary>
    public double Milliseconds(double percent) => Took.GetValueAtPercentile(percent) / 1000.0;
}
