using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Joins;

/// <summary>What is kept of an address to which a message went, under a keyed hash of it.</summary>
/// <param name="IsStopped">True once its reader said "never again": kept for ever.</param>
/// <param name="Month">The calendar month (UTC) of the messages, counted from the year 0.</param>
/// <param name="Joins">The requests whose messages went there in that month, at most <see cref="Limits.Joins.MessagesPerMonth"/>.</param>
[GenerateSerializer, Immutable, Alias("AddressState")]
public sealed record AddressState([property: Id(0)] bool IsStopped, [property: Id(1)] int Month, [property: Id(2)] ImmutableArray<string> Joins)
{
    /// <summary>An address to which nothing went lately.</summary>
    public static AddressState Empty { get; } = new(false, 0, []);
}

/// <summary>How many messages an address gets, of all tenants together.</summary>
public static class MessageRules
{
    private const int MonthsPerYear = 12;

    /// <summary>
    /// Takes one of the month's messages for <paramref name="join"/>; one that was taken already counts once. True if the message may go.
    /// </summary>
    public static (AddressState State, bool MayGo) Take(AddressState state, string join, DateTimeOffset now)
    {
        var month = MonthOf(now);
        var taken = state.Month == month ? state.Joins : [];
        return taken.Contains(join) ? (state, !state.IsStopped)
            : state.IsStopped || taken.Length >= Limits.Joins.MessagesPerMonth ? (state, false)
            : (state with { Month = month, Joins = taken.Add(join) }, true);
    }

    /// <summary>Never again.</summary>
    public static AddressState Stop(AddressState state) => state.IsStopped ? state : new AddressState(true, 0, []);

    /// <summary>Forgets what went there before this month. "Never again" stays.</summary>
    public static AddressState Prune(AddressState state, DateTimeOffset now) =>
        state.IsStopped || state.Month == MonthOf(now) ? state : AddressState.Empty;

    /// <summary>The first instant of the month after that of <paramref name="now"/>.</summary>
    public static DateTimeOffset NextMonth(DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        return new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
    }

    private static int MonthOf(DateTimeOffset now) => (now.UtcDateTime.Year * MonthsPerYear) + now.UtcDateTime.Month;
}
