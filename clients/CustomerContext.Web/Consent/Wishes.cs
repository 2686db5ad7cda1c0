using CustomerContext.V1;

namespace CustomerContext.Web.Consent;

/// <summary>What the customer wishes, by one press each: how to treat them, and what would help. Each wish is a trait with a coded value that the catalogue has words for.</summary>
internal static class Wishes
{
    private const string Many = "please_do_not";
    private const string Own = "customer";

    /// <summary>The traits that are wishes, in the order of the page.</summary>
    public static IReadOnlyList<string> Traits { get; } = [Many, "wanted_outcome", "contact_preference"];

    /// <summary>The wishes that stand, as "please_do_not:call": only what the customer said themselves.</summary>
    public static IReadOnlySet<string> Of(Situation? situation)
    {
        Trait?[] all = [.. situation?.PleaseDoNot ?? [], situation?.WantedOutcome, situation?.ContactPreference];
        return all.OfType<Trait>().Where(trait => trait.Source == Own).Select(trait => $"{trait.Name}:{trait.Value}").ToHashSet();
    }

    /// <summary>What is said to take a wish back: nothing, if it does not stand.</summary>
    public static IReadOnlyList<Signal> Drop(string wish, IReadOnlySet<string> stand)
    {
        if (!stand.Contains(wish) || wish.Split(':', 2) is not [var name, _])
        {
            return [];
        }

        // An empty value takes back all that the customer said of the name, so of a name with several values the others are said anew.
        var others = name == Many ? stand.Where(other => other != wish && other.StartsWith($"{Many}:", StringComparison.Ordinal)) : [];
        return [Trait(name, ""), .. others.Select(Make)];
    }

    /// <summary>What is said to make one.</summary>
    public static Signal Make(string wish) => wish.Split(':', 2) is [var name, var value] ? Trait(name, value) : throw new ArgumentException("Not a wish.", nameof(wish));

    /// <summary>True if the catalogue has it among those that may be wished.</summary>
    public static bool IsOne(string wish, IEnumerable<TraitEntry> catalog) =>
        wish.Split(':', 2) is [var name, var value] && Traits.Contains(name) && catalog.Any(trait => trait.Name == name && trait.Values.Any(one => one.Name == value));

    private static Signal Trait(string name, string value) => new() { Trait = new TraitSignal { Name = name, Value = value } };
}
