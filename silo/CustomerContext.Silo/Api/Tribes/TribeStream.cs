using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Tribes;

/// <summary>What a stream of a tribe's releases pushes: the last one first, then each as it is made, heartbeats between.</summary>
/// <param name="id">The tribe.</param>
/// <param name="tribe">Its grain, for the reader's audience.</param>
/// <param name="seen">The number of the last release that the reader has seen; 0: none.</param>
/// <param name="time">The clock.</param>
internal sealed class TribeStream(TribeId id, ITribeGrain tribe, long seen, TimeProvider time) : IPushSource<WatchTribeResponse>
{
    private const string Prefix = "r";

    private long _seen = seen;

    /// <summary>The number of the release that a resume token stands for; 0 without one.</summary>
    public static long SeenIn(string token) =>
        token.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(token.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    public async IAsyncEnumerable<Pushed<WatchTribeResponse>> Messages([EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            var history = (await tribe.WaitFor(_seen, stop)).History;
            var now = Math.Max(_seen, history.Number);
            var release = history.Number > _seen ? TribeTranslator.ToProto(id, history.Last) : null;
            yield return new(release is null
                ? new WatchTribeResponse { ResumeToken = Token(now), Heartbeat = Heartbeats.Of(time) }
                : new WatchTribeResponse { ResumeToken = Token(now), Release = release });
            _seen = now;
        }
    }

    public WatchTribeResponse Ended(WatchEndReason reason) => new() { ResumeToken = Token(_seen), Ended = new WatchEnded { Reason = reason } };

    private static string Token(long seen) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{seen}");
}
