using System.Runtime.CompilerServices;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// What one watch of a customer pushes: each step of the grain's as a frame, a heartbeat or the end. Asking the grain for the next step tells it that the last frame has
/// left or never will, so a frame that the grain gave out is either written within its time or never.
/// </summary>
internal sealed class WatchStream(ICustomerGrain customer, string watch, FrameTranslator frames, WatchMetrics metrics, TimeProvider time) : IPushSource<WatchContextResponse>
{
    public async IAsyncEnumerable<Pushed<WatchContextResponse>> Messages([EnumeratorCancellation] CancellationToken stop)
    {
        metrics.Opened();
        try
        {
            while (true)
            {
                // The frame's time counts from here, on this silo's own clock: the grain's may be another silo's.
                var asked = time.GetTimestamp();
                var step = await customer.NextStep(watch, stop);
                stop.ThrowIfCancellationRequested();
                if (step.End is { } end)
                {
                    yield return new(Ended(ReasonOf(end)));
                    metrics.End();
                    yield break;
                }

                if (step.Frame is null)
                {
                    yield return new(new WatchContextResponse { ResumeToken = frames.ResumeToken, Heartbeat = Heartbeats.Of(time) });
                    metrics.Heartbeat();
                }
                else if (frames.Next(step.Frame) is { } frame)
                {
                    yield return new(frame, step.WriteWithin - time.GetElapsedTime(asked));
                    metrics.Frame();
                }
            }
        }
        finally
        {
            metrics.Closed();
            await customer.CloseWatch(watch);
        }
    }

    public WatchContextResponse Ended(WatchEndReason reason) => new() { ResumeToken = frames.ResumeToken, Ended = new WatchEnded { Reason = reason } };

    private static WatchEndReason ReasonOf(WatchEnd end) => end switch
    {
        WatchEnd.Revoked => WatchEndReason.GrantRevoked,
        WatchEnd.Expired => WatchEndReason.GrantExpired,
        WatchEnd.Narrowed => WatchEndReason.GrantNarrowed,
        WatchEnd.TimeLimit => WatchEndReason.TimeLimit,
        WatchEnd.InteractionOver => WatchEndReason.InteractionOver,
        _ => WatchEndReason.ServerStopping,
    };
}
