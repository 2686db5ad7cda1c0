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
    /// <summary>More calls than this that are not answered: the rate is too high for the server, and a longer queue would say nothing more.</summary>
    private const int MostInFlight = 20_000;

    private const long LongestMicroseconds = 60_000_000;
    private const int Digits = 3;

    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(1);

    /// <summary>Calls <paramref name="perSecond"/> times a second for as long as <paramref name="time"/>, then waits for the last answer.</summary>
    /// <exception cref="InvalidOperationException">The server does not keep up with the rate.</exception>
    public static async Task<OpenResult> At(Func<int, Task> call, double perSecond, TimeSpan time)
    {
        var took = new LongConcurrentHistogram(1, LongestMicroseconds, Digits);
        var (sent, answered, failed) = (0, 0, 0);
        var all = (int)(perSecond * time.TotalSeconds);
        var begun = Stopwatch.GetTimestamp();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pace = new PeriodicTimer(_step);
        while (sent < all && await pace.WaitForNextTickAsync())
        {
            var due = Math.Min(all, (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * perSecond));
            for (; sent < due; sent++)
            {
                _ = One(sent);
            }

            if (sent - Volatile.Read(ref answered) > MostInFlight)
            {
                throw new InvalidOperationException($"The server does not keep up with {perSecond:0} calls a second.");
            }
        }

        await last.Task;
        return new OpenResult(took, failed, all);

        async Task One(int number)
        {
            try
            {
                await call(number);
                var late = Stopwatch.GetElapsedTime(begun).TotalMicroseconds - (number / perSecond * 1_000_000);
                took.RecordValue(Math.Clamp((long)late, 1, LongestMicroseconds));
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
            {
                Interlocked.Increment(ref failed);
            }
            catch (Exception error)
            {
                last.TrySetException(error);
            }

            if (Interlocked.Increment(ref answered) == all)
            {
                last.TrySetResult();
            }
        }
    }
}

/// <summary>What an open loop measured.</summary>
/// <param name="Took">Microseconds from when a call was due to its answer.</param>
/// <param name="Failed">Calls that were answered UNAVAILABLE; they are not in <paramref name="Took"/>.</param>
/// <param name="Calls">All calls.</param>
internal sealed record OpenResult(LongConcurrentHistogram Took, int Failed, int Calls)
{
    /// <summary>The time within which <paramref name="percent"/> of the calls were answered, in milliseconds.</summary>
    public double Milliseconds(double percent) => Took.GetValueAtPercentile(percent) / 1000.0;
}
