using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Attention;

/// <summary>Which work of a company is asked for.</summary>
/// <param name="Purpose">Only that for which ATTENTION is granted for it.</param>
/// <param name="Kinds">Only these; empty: all.</param>
/// <param name="Escalated">True: only what is escalated; false: only what is not; absent: both.</param>
/// <param name="ForAi">True: only that of customers who let AI readers read it.</param>
[GenerateSerializer, Immutable, Alias("WorkFilter")]
public sealed record WorkFilter(
    [property: Id(0)] Purpose Purpose, [property: Id(1)] ImmutableArray<AttentionKind> Kinds, [property: Id(2)] bool? Escalated, [property: Id(3)] bool ForAi = false)
{
    /// <summary>True if <paramref name="work"/> is asked for and still to be done.</summary>
    public bool Takes(Work work, DateTimeOffset now) =>
        work.IsOpen(now) && (ForAi ? work.IsForAi(Purpose, now) : work.IsFor(Purpose, now)) && (Kinds.IsEmpty || Kinds.Contains(work.Kind)) && (Escalated is null || Escalated == work.IsEscalated(now));
}

/// <summary>The place of a piece of work in the queue: overdue first, the earliest deadline first; then what waits longest. Never by mood or standing.</summary>
/// <param name="Waits">False if it is overdue.</param>
/// <param name="At">Ticks of when it was due; since when it waits, if it is not overdue.</param>
/// <param name="Id">Its id.</param>
[GenerateSerializer, Immutable, Alias("WorkPlace")]
public readonly record struct WorkPlace([property: Id(0)] bool Waits, [property: Id(1)] long At, [property: Id(2)] string Id) : IComparable<WorkPlace>
{
    /// <summary>The place of <paramref name="work"/> at <paramref name="now"/>.</summary>
    public static WorkPlace Of(Work work, DateTimeOffset now) => now >= work.Deadline?.Due
        ? new WorkPlace(false, work.Deadline.Due.UtcTicks, work.Id)
        : new WorkPlace(true, work.Since.UtcTicks, work.Id);

    /// <inheritdoc/>
    public int CompareTo(WorkPlace other) =>
        Waits != other.Waits ? Waits.CompareTo(other.Waits)
        : At != other.At ? At.CompareTo(other.At)
        : string.CompareOrdinal(Id, other.Id);

    /// <summary>The first <paramref name="most"/> of <paramref name="works"/> after <paramref name="after"/> (absent: from the start), in their order.</summary>
    public static ImmutableArray<Work> First(IEnumerable<Work> works, WorkPlace? after, int most, DateTimeOffset now) =>
    [
        .. works
            .Select(work => (Work: work, Place: Of(work, now)))
            .Where(item => after is not { } last || item.Place.CompareTo(last) > 0)
            .OrderBy(item => item.Place)
            .Take(most)
            .Select(item => item.Work),
    ];

    /// <inheritdoc/>
    public static bool operator <(WorkPlace left, WorkPlace right) => left.CompareTo(right) < 0;

    /// <inheritdoc/>
    public static bool operator >(WorkPlace left, WorkPlace right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public static bool operator <=(WorkPlace left, WorkPlace right) => left.CompareTo(right) <= 0;

    /// <inheritdoc/>
    public static bool operator >=(WorkPlace left, WorkPlace right) => left.CompareTo(right) >= 0;
}
