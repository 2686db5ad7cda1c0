using CustomerContext.Client;
using CustomerContext.V1;

namespace CustomerContext.Web.Consent;

/// <summary>What waits for the customer's answer: those requests that the silo's stream begins with.</summary>
internal static class WaitingRequests
{
    /// <summary>The stream sends all that waits at once; when it has been quiet for so long, that was all.</summary>
    private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(150);

    /// <summary>Reads them, the oldest first.</summary>
    public static async Task<IReadOnlyList<ConsentRequest>> List(MeHandle me, TimeProvider time, CancellationToken stop)
    {
        var waiting = new List<ConsentRequest>();
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(_ => quiet.Cancel(), null, _quiet, Timeout.InfiniteTimeSpan);
        try
        {
            await foreach (var message in me.WatchRequestsAsync(cancellation: quiet.Token))
            {
                timer.Change(_quiet, Timeout.InfiniteTimeSpan);
                if (message.ConsentRequest is { } request)
                {
                    waiting.Add(request);
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Quiet: that was all.
        }

        return waiting;
    }
}
