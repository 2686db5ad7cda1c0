using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>Of whom a company was told lately, so that it can be told again: a part of its customers.</summary>
/// <param name="Recent">At most <see cref="Limits.News.IndexPart"/>, in the order of their times.</param>
[GenerateSerializer, Immutable, Alias("NewsIndex")]
public sealed record NewsIndex([property: Id(0)] ImmutableArray<RecentNews> Recent)
{
    /// <summary>Nobody.</summary>
    public static NewsIndex Empty { get; } = new([]);
}

/// <summary>A customer of whom a company was told.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Until">A full hour; no news that were told are later.</param>
[GenerateSerializer, Immutable, Alias("RecentNews")]
public sealed record RecentNews([property: Id(0)] CustomerKey Customer, [property: Id(1)] DateTimeOffset Until);

/// <summary>Who is in the index of a company's news.</summary>
public static class NewsIndexRules
{
    /// <summary>
    /// Notes that news of <paramref name="customer"/> that came about at <paramref name="at"/> are told. Hours are counted, so that most news of one customer write nothing. Who is too old to be told of
    /// again goes; so does the oldest where there is no room.
    /// </summary>
    public static NewsIndex Note(NewsIndex index, CustomerKey customer, DateTimeOffset at, DateTimeOffset now)
    {
        var until = HourAfter(at);
        if (index.Recent.FirstOrDefault(one => one.Customer == customer) is { } known && known.Until >= until)
        {
            return index;
        }

        var left = Pruned(index, now).Recent.Where(one => one.Customer != customer)
            .Append(new RecentNews(customer, until))
            .OrderBy(one => one.Until)
            .ThenBy(one => one.Customer.Value, StringComparer.Ordinal)
            .ToArray();
        return new NewsIndex([.. left.Skip(left.Length - Limits.News.IndexPart)]);
    }

    /// <summary>The index without those who are too old to be told of again: a day after the full hour that follows their latest news.</summary>
    public static NewsIndex Pruned(NewsIndex index, DateTimeOffset now) => Without(index, one => one.Until <= now - Limits.News.Longest);

    /// <summary>The index without a customer.</summary>
    public static NewsIndex Forget(NewsIndex index, CustomerKey customer) => Without(index, one => one.Customer == customer);

    /// <summary>The customers of whom the company may have been told since <paramref name="from"/>.</summary>
    public static ImmutableArray<CustomerKey> Since(NewsIndex index, DateTimeOffset from) => [.. index.Recent.Where(one => one.Until >= from).Select(one => one.Customer)];

    private static NewsIndex Without(NewsIndex index, Predicate<RecentNews> goes)
    {
        var left = index.Recent.RemoveAll(goes);
        return left.Length == index.Recent.Length ? index : left.IsEmpty ? NewsIndex.Empty : new NewsIndex(left);
    }

    private static DateTimeOffset HourAfter(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour) + TimeSpan.TicksPerHour, TimeSpan.Zero);
}
