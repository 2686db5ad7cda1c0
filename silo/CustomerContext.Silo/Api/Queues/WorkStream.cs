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
        var begin = await Task.WhenAll(parts.Select(part => part.Next(0, stop)));
        var nexts = parts.Select((part, at) => part.Next(begin[at].Number, stop)).ToArray();

        // All of it in one order: part by part, whoever reads could tell whose parts are the same.
        foreach (var message in Changes([.. begin.Select((value, at) => (told[at], value.Shard))]))
        {
            yield return new(message);
        }

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
            var isSilent = true;
            foreach (var message in Changes([(told[part], value.Shard)]))
            {
                yield return new(message);
                isSilent = false;
            }

            // Once, not with each message: each leaves a timer behind until it is due.
            heartbeat = isSilent ? heartbeat : Rest(stop);
        }
    }

    public WatchWorkResponse Ended(WatchEndReason reason) => new() { Ended = new WatchEnded { Reason = reason } };

    private Task Rest(CancellationToken stop) => Task.Delay(Limits.Watches.Heartbeat, time, stop);

    /// <summary>What has changed since, and notes it as told; most urgent first, then what is gone.</summary>
    private IEnumerable<WatchWorkResponse> Changes((Dictionary<string, ToldWork> Told, WorkShard Shard)[] parts)
    {
        var now = time.GetUtcNow();
        var gone = new List<string>();
        var changed = new List<Work>();
        foreach (var (told, shard) in parts)
        {
            var left = told.Keys.ToHashSet(StringComparer.Ordinal);
            foreach (var work in shard.Works.Where(work => filter.Takes(work, now)))
            {
                left.Remove(work.Id);
                var value = ToldWork.Of(work, now);
                if (!told.TryGetValue(work.Id, out var known) || known != value)
                {
                    told[work.Id] = value;
                    changed.Add(work);
                }
            }

            foreach (var id in left)
            {
                told.Remove(id);
                gone.Add(id);
            }
        }

        foreach (var work in WorkPlace.First(changed, null, int.MaxValue, now))
        {
            yield return new WatchWorkResponse { Work = WorkTranslator.ToProto(work, now) };
        }

        foreach (var id in gone)
        {
            yield return new WatchWorkResponse { WithdrawnWorkId = id };
        }
    }

    /// <summary>
    /// What a reader was told of a piece of work. The version alone does not tell: work that left and came back counts from 1 again, and a stage or a claim ends with time. Times as ticks, since a reader may be
    /// told of very many.
    /// </summary>
    private readonly record struct ToldWork(long Version, string Channel, long Since, long Due, AttentionStage Stage, bool IsEscalated, string? ClaimedBy, long ClaimedUntil)
    {
        public static ToldWork Of(Work work, DateTimeOffset now)
        {
            var claim = work.ClaimAt(now);
            return new(work.Version, work.Channel, work.Since.UtcTicks, work.Deadline?.Due.UtcTicks ?? 0, work.StageAt(now), work.IsEscalated(now), claim?.By, claim?.Until.UtcTicks ?? 0);
        }
    }
}
