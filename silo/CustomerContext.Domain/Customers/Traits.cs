using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>A trait as one source says.</summary>
/// <param name="Name">Coded.</param>
/// <param name="Value">Empty: taken back, remembered so that a late older value does not revive it.</param>
/// <param name="Stamp">When.</param>
/// <param name="Corrects">True if it was said as a correction.</param>
[GenerateSerializer, Immutable, Alias("TraitEntry")]
public sealed record TraitEntry(
    [property: Id(0)] string Name,
    [property: Id(1)] string Value,
    [property: Id(2)] Stamp Stamp,
    [property: Id(3)] bool Corrects);

/// <summary>
/// How a trait changes the state. The latest value that a source gave for a name counts. For a name with several values the latest statement about each value counts,
/// and an empty value removes all earlier ones.
/// </summary>
internal static class TraitRules
{
    public static Outcome<CustomerState> Take(CustomerState state, SourceId sourceId, TraitEntry trait)
    {
        var source = state.Find(sourceId)!;
        if (source.Traits.Any(known => Rules(known, trait) && known.Stamp >= trait.Stamp))
        {
            return state;
        }

        var traits = source.Traits.RemoveAll(known => Rules(trait, known) && known.Stamp < trait.Stamp);
        var at = traits.Count(other => Compare(other, trait) < 0);
        source = source with { Traits = traits.Insert(at, trait) };
        return trait.Value.Length == 0 ? state.With(DropTakenBack(source)) : CheckLimits(source) is { } broken ? broken : state.With(source);
    }

    /// <summary>True if <paramref name="left"/>, being later, leaves nothing of <paramref name="right"/>.</summary>
    private static bool Rules(TraitEntry left, TraitEntry right) =>
        left.Name == right.Name && (!TraitName.HasSeveral(left.Name) || left.Value.Length == 0 || left.Value == right.Value);

    private static Refusal? CheckLimits(SourceContext source)
    {
        var live = source.Traits.Where(trait => trait.Value.Length > 0).ToList();
        return live.Count > Limits.Customers.Traits ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Customers.Traits} traits of a source")
            : live.Sum(StateSize.Of) > Limits.Customers.TraitBytes
            ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Customers.TraitBytes} bytes of traits of a source")
            : null;
    }

    private static SourceContext DropTakenBack(SourceContext source)
    {
        var gone = source.Traits.Where(trait => trait.Value.Length == 0).OrderByDescending(trait => trait.Stamp).Skip(Limits.Customers.RemovedTraits);
        return source with { Traits = source.Traits.RemoveRange(gone) };
    }

    private static int Compare(TraitEntry left, TraitEntry right) =>
        string.CompareOrdinal(left.Name, right.Name) is not 0 and var order ? order : string.CompareOrdinal(left.Value, right.Value);
}

/// <summary>What the customer wants and does not want, and what else holds.</summary>
/// <param name="WantedOutcome">Absent if not known.</param>
/// <param name="PleaseDoNot">Newest first.</param>
/// <param name="Situation">Absent if not known.</param>
/// <param name="OpenCases">Newest first.</param>
/// <param name="SupportTier">Absent if not known.</param>
/// <param name="ContactPreference">Absent if not known.</param>
/// <param name="Others">A tenant's own names, ordinal by (name, value).</param>
[GenerateSerializer, Immutable, Alias("SituationContent")]
public sealed record SituationContent(
    [property: Id(0)] TraitContent? WantedOutcome,
    [property: Id(1)] ImmutableArray<TraitContent> PleaseDoNot,
    [property: Id(2)] TraitContent? Situation,
    [property: Id(3)] ImmutableArray<TraitContent> OpenCases,
    [property: Id(4)] TraitContent? SupportTier,
    [property: Id(5)] TraitContent? ContactPreference,
    [property: Id(6)] ImmutableArray<TraitContent> Others)
{
    /// <summary>True if anything is known.</summary>
    public bool Holds => (WantedOutcome ?? Situation ?? SupportTier ?? ContactPreference) is not null || !PleaseDoNot.IsEmpty || !OpenCases.IsEmpty || !Others.IsEmpty;
}

/// <summary>One trait.</summary>
/// <param name="Name">Coded.</param>
/// <param name="Value">Never empty.</param>
/// <param name="OccurredAt">When it was said.</param>
/// <param name="Source">By whom.</param>
/// <param name="Provenance">Declared if by the customer, else observed.</param>
[GenerateSerializer, Immutable, Alias("TraitContent")]
public sealed record TraitContent(
    [property: Id(0)] string Name,
    [property: Id(1)] string Value,
    [property: Id(2)] DateTimeOffset OccurredAt,
    [property: Id(3)] SourceId Source,
    [property: Id(4)] Provenance Provenance);

/// <summary>
/// The facet SITUATION. Among the values of a name, the customer's own wins for 90 days, then an agent's correction for 90 days, then the latest.
/// An empty correction hides the values that it wins over while it is valid. An empty value that is no correction only removes the value of its own source.
/// </summary>
internal static class TraitsView
{
    /// <summary>The traits that hold, ordinal by (name, value): at most 16, the customer's own and corrections first, then the newest.</summary>
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
                .OrderDescending()
                .Take(Limits.Customers.Traits)
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
