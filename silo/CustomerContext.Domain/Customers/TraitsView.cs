using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// The facet SITUATION. Of what the sources say about a name, the customer's word wins for 90 days, then an agent's correction for 90 days, then the
/// latest. An empty correction, while it stands, hides what it wins over; an empty value that corrects nothing only took back its source's own word.
/// </summary>
internal static class TraitsView
{
    /// <summary>The traits that hold, ordinal by (name, value).</summary>
    public static ImmutableArray<TraitContent> Of(Seen seen)
    {
        var said = seen.Sources
            .SelectMany(source => source.Context.Traits
                .Where(trait => source.SeesMillisecond(trait.Stamp.At))
                .Select(trait => new Said(source.Context.Source, trait, Rank(seen, source, trait))))
            .Where(item => item.Trait.Value.Length > 0 || (item.Trait.Corrects && item.Rank > 0))
            .GroupBy(item => item.Trait.Name, StringComparer.Ordinal);
        return
        [
            .. said
                .SelectMany(name => TraitName.HasSeveral(name.Key) ? Several(name) : [name.Max()!])
                .Where(item => item.Trait.Value.Length > 0)
                .OrderBy(item => item.Trait.Name, StringComparer.Ordinal)
                .ThenBy(item => item.Trait.Value, StringComparer.Ordinal)
                .Select(item => item.Content),
        ];
    }

    /// <summary>The content of the facet; likes and dislikes are in TOP_OF_MIND.</summary>
    public static SituationContent Situation(ImmutableArray<TraitContent> traits) => new(
        Single(traits, TraitName.WantedOutcome),
        NewestOf(traits, TraitName.PleaseDoNot),
        Single(traits, TraitName.Situation),
        NewestOf(traits, TraitName.OpenCase),
        Single(traits, TraitName.SupportTier),
        Single(traits, TraitName.ContactPreference),
        [.. traits.Where(trait => IsOther(trait.Name))]);

    /// <summary>The traits of a family, newest first.</summary>
    public static ImmutableArray<TraitContent> NewestOf(ImmutableArray<TraitContent> traits, string family) =>
        [.. traits.Where(trait => TraitName.Family(trait.Name) == family).OrderByDescending(trait => trait.OccurredAt)];

    private static TraitContent? Single(ImmutableArray<TraitContent> traits, string name) => traits.FirstOrDefault(trait => trait.Name == name);

    private static bool IsOther(string name) =>
        !TraitName.HasSeveral(TraitName.Family(name))
        && name is not (TraitName.WantedOutcome or TraitName.Situation or TraitName.SupportTier or TraitName.ContactPreference);

    private static IEnumerable<Said> Several(IEnumerable<Said> name)
    {
        var values = name.GroupBy(item => item.Trait.Value, StringComparer.Ordinal).Select(value => value.Max()!).ToList();
        var hidden = values.Find(item => item.Trait.Value.Length == 0);
        return values.Where(item => hidden is null || item.CompareTo(hidden) > 0);
    }

    private static int Rank(Seen seen, SeenSource source, TraitEntry trait) =>
        seen.Now - trait.Stamp.Second >= Limits.Customers.CorrectionSeconds ? 0
        : source.Context.Source == SourceId.Customer ? 2
        : trait.Corrects ? 1
        : 0;

    private sealed record Said(SourceId Source, TraitEntry Trait, int Rank) : IComparable<Said>
    {
        public TraitContent Content => new(
            Trait.Name,
            Trait.Value,
            DateTimeOffset.FromUnixTimeMilliseconds(Trait.Stamp.At),
            Source,
            Source == SourceId.Customer ? Provenance.Declared : Provenance.Observed);

        public int CompareTo(Said? other) =>
            other is null ? 1
            : Rank != other.Rank ? Rank.CompareTo(other.Rank)
            : ConversationRules.CompareLatest(Source, Trait.Stamp, other.Source, other.Trait.Stamp);
    }
}
