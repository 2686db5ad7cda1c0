using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;
using AttentionStage = CustomerContext.Domain.Attention.AttentionStage;
using Work = CustomerContext.Domain.Attention.Work;

namespace CustomerContext.Silo.Api.Queues;

/// <summary>
/// What one watch of a tenant's work pushes. It waits for all parts of the queue at once; each answers with all of itself when it changes, and at the latest after a heartbeat's time, since a stage or a
/// claim may have ended with time alone. What differs from what the reader was told is pushed.
/// </summary>
internal sealed class WorkStream(ImmutableArray<IWorkQueueGrain> parts, WorkFilter filter, TimeProvider time) : IPushSource<WatchWorkResponse>
{
    public async IAsyncEnumerable<Pushed<WatchWorkResponse>> Messages([EnumeratorCancellation] CancellationToken stop)
    {
        var told = parts.Select(_ => new Dictionary<string, ToldWork>(StringComparer.Ordinal)).ToArray();
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
    private IEnumerable<WatchWorkResponse> Changes(Dictionary<string, ToldWork> told, WorkShard shard)
    {
        var now = time.GetUtcNow();
        var gone = told.Keys.ToHashSet(StringComparer.Ordinal);
        var changed = new List<Work>();
        foreach (var work in shard.Works.Where(work => filter.Takes(work, now)))
        {
            gone.Remove(work.Id);
            var value = ToldWork.Of(work, now);
            if (!told.TryGetValue(work.Id, out var known) || known != value)
            {
                told[work.Id] = value;
                changed.Add(work);
            }
        }

        foreach (var work in WorkPlace.First(changed, null, int.MaxValue, now))
        {
            yield return new WatchWorkResponse { Work = WorkTranslator.ToProto(work, now) };
        }

        foreach (var id in gone)
        {
            told.Remove(id);
            yield return new WatchWorkResponse { WithdrawnWorkId = id };
        }
    }

    /// <summary>What a reader was told of a piece of work: its version, and what time alone changes. Small, since a reader may be told of very many.</summary>
    private readonly record struct ToldWork(long Version, AttentionStage Stage, bool IsEscalated, bool IsClaimed)
    {
        public static ToldWork Of(Work work, DateTimeOffset now) => new(work.Version, work.StageAt(now), work.IsEscalated(now), work.ClaimAt(now) is not null);
    }
}
