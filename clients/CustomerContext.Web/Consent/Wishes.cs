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

    /// <summary>What is said to change a wish from how it stands: it is taken back if it stands, else made. Empty: it is no wish.</summary>
    public static IReadOnlyList<Signal> Press(string? wish, IReadOnlySet<string> stand)
    {
        if (wish?.Split(':', 2) is not [var name, { Length: > 0 } value] || !Traits.Contains(name))
        {
            return [];
        }

        // An empty value takes back all of the name, so of a name with several values the others are said anew.
        return !stand.Contains(wish) ? [Trait(name, value)]
            : name == Many ? [Trait(name, ""), .. stand.Where(other => other != wish && other.StartsWith($"{Many}:", StringComparison.Ordinal)).Select(other => Trait(Many, other[(Many.Length + 1)..]))]
            : [Trait(name, "")];
    }

    private static Signal Trait(string name, string value) => new() { Trait = new TraitSignal { Name = name, Value = value } };
}
