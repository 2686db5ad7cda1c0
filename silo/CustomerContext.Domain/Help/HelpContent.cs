using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using Orleans;

namespace CustomerContext.Domain.Help;

/// <summary>HELP: pages that helped people like this customer.</summary>
/// <param name="At">When the oldest of it was released; absent if nothing is shown.</param>
/// <param name="Pages">Best first; at most <see cref="Limits.Help.PagesShown"/>.</param>
[GenerateSerializer, Immutable, Alias("HelpContent")]
public sealed record HelpContent([property: Id(0)] DateTimeOffset? At, [property: Id(1)] ImmutableArray<SuggestedPage> Pages)
{
    /// <summary>Nothing.</summary>
    public static HelpContent None { get; } = new(null, []);
}

/// <summary>A page, and why it is shown.</summary>
[GenerateSerializer, Immutable, Alias("SuggestedPage")]
public readonly record struct SuggestedPage([property: Id(0)] HelpfulPage Page, [property: Id(1)] HelpBasis Basis);

/// <summary>Why a page is shown. The numbers are those of the public contract.</summary>
public enum HelpBasis
{
    /// <summary>It helped others with what is on the customer's mind.</summary>
    SameTopic = 1,

    /// <summary>It helped many. It was not chosen by what is on the customer's mind.</summary>
    Popular = 2,
}

/// <summary>Chooses from what was released. It looks at nothing of the customer but the topics that the same answer shows, so it tells no more of them than those do.</summary>
public static class HelpRules
{
    /// <summary>
    /// The pages on what is on the customer's mind: the heaviest topic's first, at most <see cref="Limits.Help.PagesOfTopic"/> on each, each page once. If there are none, what helped most people.
    /// </summary>
    /// <param name="released">What is released now, company by company.</param>
    /// <param name="mind">What is on the customer's mind, as the reader is shown it; absent if the reader is not.</param>
    public static HelpContent Of(ImmutableArray<ReadersRelease> released, TopOfMindContent? mind)
    {
        ImmutableArray<HelpfulPage> pages = [.. released.SelectMany(release => release.Pages).OrderByDescending(page => page.Size)];
        var close = (mind?.Topics ?? [])
            .SelectMany(topic => pages.Where(page => page.With.Topic == topic.Topic).Take(Limits.Help.PagesOfTopic))
            .DistinctBy(page => page.With.Address)
            .Take(Limits.Help.PagesShown)
            .Select(page => new SuggestedPage(page, HelpBasis.SameTopic))
            .ToImmutableArray();
        var shown = !close.IsEmpty ? close :
        [
            .. pages.DistinctBy(page => page.With.Address).Take(Limits.Help.PopularShown).Select(page => new SuggestedPage(page, HelpBasis.Popular)),
        ];
        return shown.IsEmpty ? HelpContent.None : new HelpContent(released.Min(release => release.At), shown);
    }
}
