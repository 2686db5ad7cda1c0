using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using Orleans;

namespace CustomerContext.Domain.Help;

/// <summary>What the readers of one company have released: which of its pages helped many, noise included. Until the next release time nothing else is shown.</summary>
/// <param name="At">When it was due.</param>
/// <param name="Pages">What seems to have helped most people first; at most <see cref="Limits.Help.PagesReleased"/>.</param>
[GenerateSerializer, Immutable, Alias("ReadersRelease")]
public sealed record ReadersRelease([property: Id(0)] DateTimeOffset At, [property: Id(1)] ImmutableArray<HelpfulPage> Pages);

/// <summary>A page that helped many.</summary>
/// <param name="With">The page, and what it helped with.</param>
/// <param name="Size">Roughly how many people.</param>
[GenerateSerializer, Immutable, Alias("HelpfulPage")]
public readonly record struct HelpfulPage([property: Id(0)] HelpedWith With, [property: Id(1)] SizeBand Size);

/// <summary>
/// Nothing is shown below 50 readers (45 once it is shown), and each page is chosen, ordered and put into a band; all by blurred counts, so that nobody who plants all readers but one learns from a gate whether that
/// one is there. One reader counts for at most three pages, once each, so noise of scale 3 / eps hides each of them. Fewer than 25 readers show nothing whatever the noise says.
/// </summary>
public static class ReadersReleaseRules
{
    /// <summary>What is shown from the release time <paramref name="at"/> on; absent: too few readers.</summary>
    /// <param name="before">What was shown before; absent if nothing.</param>
    /// <param name="sums">Of all shards at that time.</param>
    /// <param name="seed">Of this group and time.</param>
    /// <param name="at">One of the group's release times.</param>
    public static ReadersRelease? Release(ReadersRelease? before, GroupSums sums, ReleaseSeed seed, DateTimeOffset at) =>
        sums.All.Members < Limits.Help.Least || Blurred("readers", sums.All.Members, sums, seed) < (before is null ? Limits.Help.ShownFrom : Limits.Help.GoneBelow) ? null : new ReadersRelease(
            at,
            [
                .. sums.Topics
                    .Where(page => page.Members >= Limits.Help.PageReadersLeast)
                    .Select(page => (page.Topic, Readers: Blurred($"page\n{page.Topic}", page.Members, sums, seed)))
                    .Where(page => page.Readers >= Limits.Help.PageReaders)
                    .OrderByDescending(page => page.Readers)
                    .ThenBy(page => page.Topic, StringComparer.Ordinal)
                    .Take(Limits.Help.PagesReleased)
                    .Select(page => new HelpfulPage(HelpedWith.Of(page.Topic), page.Readers < Limits.Help.PageReadersMany ? SizeBand.From25 : SizeBand.From50)),
            ]);

    private static double Blurred(string what, long count, GroupSums sums, ReleaseSeed seed)
    {
        const double scale = Limits.Help.OfOneReader * Thousandths.One / Limits.Help.Epsilon;
        return count + (ReleaseNoise.Draw(seed, $"{what}\n{count}", sums, scale) / (double)Thousandths.One);
    }
}
