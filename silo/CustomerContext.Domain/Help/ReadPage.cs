using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Help;

/// <summary>A page that a customer read: its address, and what they did with it. Nothing of its content.</summary>
/// <param name="Company">Whose page it is.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Topics">What it is about, ordinal; at most 8.</param>
/// <param name="Read">Unix second at which it was last opened, or anything was said of it.</param>
/// <param name="IsAttentive">True if they stayed on it, bookmarked it or came back to it.</param>
/// <param name="SaidAt">When somebody last said whether it helped; default if nobody did.</param>
/// <param name="IsHelpful">What they said.</param>
[GenerateSerializer, Immutable, Alias("ReadPage")]
public sealed record ReadPage(
    [property: Id(0)] TenantId Company,
    [property: Id(1)] string Address,
    [property: Id(2)] ImmutableArray<string> Topics,
    [property: Id(3)] long Read,
    [property: Id(4)] bool IsAttentive,
    [property: Id(5)] Stamp SaidAt,
    [property: Id(6)] bool IsHelpful);

/// <summary>How a signal changes what is kept of pages. The same signals in any order give the same pages, as long as none is evicted.</summary>
internal static class PageRules
{
    /// <summary>The state with the page of <paramref name="signal"/>; the same if nothing of its resource is kept.</summary>
    public static CustomerState Take(CustomerState state, BehaviourSignal signal, Stamp stamp)
    {
        if (signal.Page is not { } page)
        {
            return state;
        }

        var source = state.Find(signal.Source)!;
        var at = source.Pages.Count(other => string.CompareOrdinal(other.Address, page.Address) < 0);
        var isKnown = at < source.Pages.Length && source.Pages[at].Address == page.Address;
        var next = With(isKnown ? source.Pages[at] : new ReadPage(page.Company, page.Address, [], 0, false, default, false), signal, stamp);
        var pages = isKnown ? source.Pages.SetItem(at, next) : source.Pages.Insert(at, next);
        return state.With(source with { Pages = pages.Length > Limits.Help.Pages ? pages.Remove(pages.MinBy(one => one.Read)!) : pages });
    }

    private static ReadPage With(ReadPage page, BehaviourSignal signal, Stamp stamp)
    {
        page = page with
        {
            Topics = [.. page.Topics.Union(signal.Topics).Order(StringComparer.Ordinal).Take(Limits.Help.PageTopics)],
            Read = Math.Max(page.Read, stamp.Second),
            IsAttentive = page.IsAttentive || signal.Action is BehaviourAction.Dwell or BehaviourAction.Bookmark or BehaviourAction.Return,
        };
        return signal.Action is BehaviourAction.Helped or BehaviourAction.DidNotHelp && stamp >= page.SaidAt
            ? page with { SaidAt = stamp, IsHelpful = signal.Action == BehaviourAction.Helped }
            : page;
    }
}
