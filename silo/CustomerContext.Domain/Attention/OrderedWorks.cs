using System.Collections.Immutable;

namespace CustomerContext.Domain.Attention;

/// <summary>
/// A part of a queue in its order, so that a page of it is read without looking at all of it. Time moves work from those that wait to those that are overdue: what has a deadline stands in both lists, and
/// counts in one of them.
/// </summary>
public sealed class OrderedWorks(WorkShard shard)
{
    private readonly Work[] _byDue = [.. shard.Works.Where(work => work.Deadline is not null).OrderBy(work => work.Deadline!.Due).ThenBy(work => work.Id, StringComparer.Ordinal)];
    private readonly Work[] _bySince = [.. shard.Works.OrderBy(work => work.Since).ThenBy(work => work.Id, StringComparer.Ordinal)];

    /// <summary>What it is made of.</summary>
    public WorkShard Shard => shard;

    /// <summary>The first <paramref name="most"/> of what <paramref name="filter"/> takes, after <paramref name="after"/> (absent: from the start); the same as <see cref="WorkPlace.First"/> of all of them.</summary>
    public ImmutableArray<Work> First(WorkFilter filter, WorkPlace? after, int most, DateTimeOffset now)
    {
        var overdue = CountFirst(_byDue, work => work.Deadline!.Due <= now);
        var (toldOverdue, toldWaiting) = after is not { } last ? (0, 0)
            : (CountFirst(_byDue, work => new WorkPlace(false, work.Deadline!.Due.UtcTicks, work.Id) <= last), CountFirst(_bySince, work => new WorkPlace(true, work.Since.UtcTicks, work.Id) <= last));
        return
        [
            .. _byDue.Take(toldOverdue..overdue)
                .Concat(_bySince.Skip(toldWaiting).Where(work => !(work.Deadline?.Due <= now)))
                .Where(work => filter.Takes(work, now))
                .Take(most),
        ];
    }

    /// <summary>How many come first of which <paramref name="isFirst"/> is true; it is false of all behind them.</summary>
    private static int CountFirst(Work[] works, Func<Work, bool> isFirst)
    {
        var (low, high) = (0, works.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isFirst(works[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
