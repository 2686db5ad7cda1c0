using CustomerContext.Domain;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// One open stream: asks the grain for a step, hands it to the transport, and only then asks for the next. So a frame that the grain gave out is either written before its
/// time or never, and asking for the next step tells the grain that it is.
/// </summary>
internal sealed class WatchStream(
    ICustomerGrain customer, string watch, FrameTranslator frames, IServerStreamWriter<WatchContextResponse> stream, TimeProvider time)
{
    /// <summary>Runs until the grain ends the watch, the reader has <paramref name="left"/>, the operator has <paramref name="disabled"/> it, or the silo stops.</summary>
    public async Task Run(CancellationToken left, CancellationToken disabled, CancellationToken stopping)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(left, disabled, stopping);
        try
        {
            while (true)
            {
                // The frame's time counts from here, on this silo's own clock: the grain's may be another silo's.
                var asked = time.GetTimestamp();
                var step = await customer.NextStep(watch, any.Token);
                any.Token.ThrowIfCancellationRequested();
                if (step.End is { } end)
                {
                    await stream.WriteAsync(Ended(ReasonOf(end)), left);
                    return;
                }

                if (step.Frame is null)
                {
                    await Write(Heartbeat(), Limits.Watches.FrameWrite, left);
                }
                else if (frames.Next(step.Frame) is { } frame)
                {
                    await Write(frame, step.WriteWithin - time.GetElapsedTime(asked), left);
                }
            }
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested && (disabled.IsCancellationRequested || stopping.IsCancellationRequested))
        {
            await stream.WriteAsync(Ended(disabled.IsCancellationRequested ? WatchEndReason.PurposeDisabled : WatchEndReason.ServerStopping), left);
        }
        finally
        {
            await customer.CloseWatch(watch);
        }
    }

    private async Task Write(WatchContextResponse message, TimeSpan remaining, CancellationToken left)
    {
        using var tooLate = new CancellationTokenSource(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(left, tooLate.Token);
        stop.Token.ThrowIfCancellationRequested();
        await stream.WriteAsync(message, stop.Token);
    }

    private WatchContextResponse Heartbeat() => new()
    {
        ResumeToken = frames.ResumeToken,
        Heartbeat = new Heartbeat { ServerTime = time.GetUtcNow().ToTimestamp() },
    };

    private WatchContextResponse Ended(WatchEndReason reason) => new() { ResumeToken = frames.ResumeToken, Ended = new WatchEnded { Reason = reason } };

    private static WatchEndReason ReasonOf(WatchEnd end) => end switch
    {
        WatchEnd.Revoked => WatchEndReason.GrantRevoked,
        WatchEnd.Expired => WatchEndReason.GrantExpired,
        WatchEnd.Narrowed => WatchEndReason.GrantNarrowed,
        WatchEnd.TimeLimit => WatchEndReason.TimeLimit,
        _ => WatchEndReason.ServerStopping,
    };
}
