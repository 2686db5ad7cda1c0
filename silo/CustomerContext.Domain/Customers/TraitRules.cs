using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// How a trait changes what is known. A source's latest word on a name counts; of a name with several values, its latest word on each value, and an
/// empty value takes back all earlier ones.
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
        state = state.With(source with { Traits = traits.Insert(at, trait) });
        return trait.Value.Length == 0 ? DropTakenBack(state) : CheckLimits(state);
    }

    /// <summary>True if <paramref name="left"/>, being later, leaves nothing of <paramref name="right"/>.</summary>
    private static bool Rules(TraitEntry left, TraitEntry right) =>
        left.Name == right.Name && (!TraitName.HasSeveral(left.Name) || left.Value.Length == 0 || left.Value == right.Value);

    private static Outcome<CustomerState> CheckLimits(CustomerState state)
    {
        var live = state.Sources.SelectMany(source => source.Traits).Where(trait => trait.Value.Length > 0).ToList();
        return live.Count > Limits.Customers.Traits ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Customers.Traits} traits")
            : live.Sum(StateSize.Of) > Limits.Customers.TraitBytes
            ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Customers.TraitBytes} bytes of traits")
            : state;
    }

    private static CustomerState DropTakenBack(CustomerState state)
    {
        var gone = state.Sources
            .SelectMany(source => source.Traits.Where(trait => trait.Value.Length == 0).Select(trait => (source.Source, Trait: trait)))
            .OrderByDescending(item => item.Trait.Stamp.At)
            .ThenByDescending(item => item.Source.Value, StringComparer.Ordinal)
            .ThenByDescending(item => item.Trait.Stamp)
            .Skip(Limits.Customers.RemovedTraits)
            .ToImmutableArray();
        foreach (var (sourceId, trait) in gone)
        {
            var source = state.Find(sourceId)!;
            state = state.With(source with { Traits = source.Traits.Remove(trait) });
        }

        return state;
    }

    private static int Compare(TraitEntry left, TraitEntry right) =>
        string.CompareOrdinal(left.Name, right.Name) is not 0 and var order ? order : string.CompareOrdinal(left.Value, right.Value);
}
