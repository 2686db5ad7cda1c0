using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Queues;

/// <summary>
/// What one watch of a tenant's work pushes. It waits for all parts of the queue at once; each answers with all of itself when it changes, and at the latest after a heartbeat's time, since a stage or a
/// claim may have ended with time alone. What differs from what the reader was told is pushed.
/// </summary>
internal sealed class WorkStream(ImmutableArray<IWorkQueueGrain> parts, WorkFilter filter, TimeProvider time) : IPushSource<WatchWorkResponse>
{
    public async IAsyncEnumerable<Pushed<WatchWorkResponse>> Messages([EnumeratorCancellation] CancellationToken stop)
    {
        var told = parts.Select(_ => new Dictionary<string, V1.Work>(StringComparer.Ordinal)).ToArray();
        var nexts = parts.Select(part => part.Next(0, stop)).ToArray();
        var heartbeat = Rest(stop);
        while (true)
        {
            var first = await Task.WhenAny([.. nexts, heartbeat]);
            stop.ThrowIfCancellationRequested();
            if (first == heartbeat)
            {
                yield return new(new WatchWorkResponse { Heartbeat = Heartbeats.Of(time) });
                heartbeat = Rest(stop);
                continue;
            }

            var part = Array.IndexOf(nexts, first);
            var value = await nexts[part];
            nexts[part] = parts[part].Next(value.Number, stop);
            foreach (var message in Changes(told[part], value.Shard))
            {
                yield return new(message);
                heartbeat = Rest(stop);
            }
        }
    }

    public WatchWorkResponse Ended(WatchEndReason reason) => new() { Ended = new WatchEnded { Reason = reason } };

    private Task Rest(CancellationToken stop) => Task.Delay(Limits.Watches.Heartbeat, time, stop);

    /// <summary>What has changed since, and notes it as told; most urgent first, then what is gone.</summary>
    private IEnumerable<WatchWorkResponse> Changes(Dictionary<string, V1.Work> told, WorkShard shard)
    {
        var now = time.GetUtcNow();
        var gone = told.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var work in WorkPlace.First(shard.Works.Where(work => filter.Takes(work, now)), null, int.MaxValue, now))
        {
            gone.Remove(work.Id);
            var shown = WorkTranslator.ToProto(work, now);
            if (!told.TryGetValue(work.Id, out var known) || !known.Equals(shown))
            {
                told[work.Id] = shown;
                yield return new WatchWorkResponse { Work = shown };
            }
        }

        foreach (var id in gone)
        {
            told.Remove(id);
            yield return new WatchWorkResponse { WithdrawnWorkId = id };
        }
    }
}
