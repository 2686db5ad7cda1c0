using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Tribes;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Tribes;

/// <summary>One open stream of a tribe's releases: the last one first, then each as it is made, heartbeats between.</summary>
internal sealed class TribeStream(
    TribeId id, ITribeGrain tribe, long seen, DateTimeOffset until, IServerStreamWriter<WatchTribeResponse> stream, TimeProvider time)
{
    private const string Prefix = "r";

    private long _seen = seen;

    /// <summary>The number of the release that a resume token stands for; 0 without one.</summary>
    public static long SeenIn(string token) =>
        token.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(token.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>Runs until the reader leaves, their token ends, or the silo stops.</summary>
    public async Task Run(CancellationToken left, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left, stopping);
        try
        {
            while (time.GetUtcNow() < until)
            {
                var history = (await tribe.WaitFor(_seen, either.Token)).History;
                var release = history.Number > _seen ? TribeTranslator.ToProto(id, history.Last) : null;
                _seen = Math.Max(_seen, history.Number);
                await Write(Message(release), left);
            }

            await Write(Ended(WatchEndReason.TimeLimit), left);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !left.IsCancellationRequested)
        {
            await Write(Ended(WatchEndReason.ServerStopping), left);
        }
    }

    private async Task Write(WatchTribeResponse message, CancellationToken left)
    {
        using var tooLate = new CancellationTokenSource(Limits.Watches.FrameWrite, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(left, tooLate.Token);
        await stream.WriteAsync(message, stop.Token);
    }

    private WatchTribeResponse Message(V1.TribeRelease? release) => release is null
        ? new WatchTribeResponse { ResumeToken = Token, Heartbeat = new Heartbeat { ServerTime = time.GetUtcNow().ToTimestamp() } }
        : new WatchTribeResponse { ResumeToken = Token, Release = release };

    private WatchTribeResponse Ended(WatchEndReason reason) => new() { ResumeToken = Token, Ended = new WatchEnded { Reason = reason } };

    private string Token => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{_seen}");
}
