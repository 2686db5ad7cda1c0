using CustomerContext.Domain;
using CustomerContext.Grains.Durability;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Streams;

/// <summary>
/// The loop of every stream that pushes. It asks the source for a message, hands it to the transport within its time, and only then asks for the next one. So asking for
/// the next message tells the source that the last one has left, and a reader that takes nothing holds up nobody but itself.
/// </summary>
internal sealed class PushLoop(TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Runs until the source ends, the reader leaves or is too slow, the caller's token ends, the operator disables the purpose, or a silo stops.</summary>
    /// <param name="source">What is pushed.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="until">The end of the caller's token.</param>
    /// <param name="left">The reader has left.</param>
    /// <param name="disabled">The operator has disabled the purpose.</param>
    public async Task Run<T>(
        IPushSource<T> source, IServerStreamWriter<T> stream, DateTimeOffset until, CancellationToken left, CancellationToken disabled = default)
    {
        using var over = new CancellationTokenSource(Lasting(until - time.GetUtcNow()), time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(left, disabled, lifetime.ApplicationStopping, over.Token);
        try
        {
            await foreach (var pushed in source.Messages(any.Token))
            {
                await Write(stream, pushed, left);
            }
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested && !left.IsCancellationRequested)
        {
            var reason = disabled.IsCancellationRequested ? WatchEndReason.PurposeDisabled
                : lifetime.ApplicationStopping.IsCancellationRequested ? WatchEndReason.ServerStopping
                : WatchEndReason.TimeLimit;
            await Write(stream, new Pushed<T>(source.Ended(reason)), left);
        }
        catch (SiloLeavingException)
        {
            // Another silo stops, which has what is watched or where it is registered.
            await Write(stream, new Pushed<T>(source.Ended(WatchEndReason.ServerStopping)), left);
        }
        finally
        {
            await any.CancelAsync(); // what else the source waits for, nobody will read
        }
    }

    private async Task Write<T>(IServerStreamWriter<T> stream, Pushed<T> pushed, CancellationToken left)
    {
        var within = pushed.Within ?? Limits.Watches.FrameWrite;
        using var tooLate = new CancellationTokenSource(within > TimeSpan.Zero ? within : TimeSpan.Zero, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(left, tooLate.Token);
        stop.Token.ThrowIfCancellationRequested();
        await stream.WriteAsync(pushed.Message, stop.Token);
    }

    private static TimeSpan Lasting(TimeSpan left) =>
        left < TimeSpan.Zero ? TimeSpan.Zero : left < Limits.Watches.Longest ? left : Limits.Watches.Longest;
}

/// <summary>What one stream pushes.</summary>
internal interface IPushSource<T>
{
    /// <summary>
    /// The messages in order, a heartbeat where nothing happens. The next one is asked for when the last one has left: what a source notes after a <c>yield</c> has been
    /// told to the reader. Cancelled by <paramref name="stop"/> while it waits; ends after a last message of its own.
    /// </summary>
    IAsyncEnumerable<Pushed<T>> Messages(CancellationToken stop);

    /// <summary>The last message of a stream that ends for <paramref name="reason"/>, with a token to resume after what has left.</summary>
    T Ended(WatchEndReason reason);
}

/// <summary>A message to hand over.</summary>
/// <param name="Message">The message.</param>
/// <param name="Within">How long that may take. Absent: <see cref="Limits.Watches.FrameWrite"/>.</param>
internal readonly record struct Pushed<T>(T Message, TimeSpan? Within = null);

/// <summary>Heartbeats as the contract has them.</summary>
internal static class Heartbeats
{
    /// <summary>A heartbeat of this moment.</summary>
    public static Heartbeat Of(TimeProvider time) => new() { ServerTime = time.GetUtcNow().ToTimestamp() };
}
