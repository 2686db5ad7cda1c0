using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>Counting how much a customer writes, week by week.</summary>
internal static class PostRules
{
    /// <summary>The source with one turn more.</summary>
    public static SourceContext Count(SourceContext source, long second)
    {
        var week = (int)(second / Seconds.Week);
        var at = source.Posts.Length;
        while (at > 0 && source.Posts[at - 1].Week >= week)
        {
            at--;
        }

        var isKnown = at < source.Posts.Length && source.Posts[at].Week == week;
        return source with
        {
            Posts = isKnown
                ? source.Posts.SetItem(at, new PostWeek(week, source.Posts[at].Count + 1))
                : source.Posts.Insert(at, new PostWeek(week, 1)),
        };
    }

    /// <summary>The weeks after <paramref name="last"/>.</summary>
    public static ImmutableArray<PostWeek> DropTo(ImmutableArray<PostWeek> posts, int last)
    {
        var old = 0;
        while (old < posts.Length && posts[old].Week <= last)
        {
            old++;
        }

        return old == 0 ? posts : posts.RemoveRange(0, old);
    }
}
