using System.Collections.Frozen;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>One purpose: on what ground it stands and which facets it may ever see, whatever is granted.</summary>
/// <param name="Purpose">Its name: area and use, for example <c>service.support</c>.</param>
/// <param name="Basis">Consent throughout: nothing is read without a grant. It is stated because a receipt must state it.</param>
/// <param name="Facets">The facets open to it.</param>
/// <param name="IsOutreach">True if the tenant turns to the customer unasked; "leave me alone" stops it.</param>
/// <param name="Meaning">What it is, in words for the customer.</param>
public sealed record PurposeRule(Purpose Purpose, LawfulBasis Basis, FacetSet Facets, bool IsOutreach, string Meaning);

/// <summary>Which purposes exist, and the facet x purpose table: what <c>purposes.csv</c> says.</summary>
public static class PurposeTable
{
    private const string FileName = "purposes.csv";
    private const int Columns = 5;

    private static readonly FrozenDictionary<Purpose, PurposeRule> _rules = Read().ToFrozenDictionary(rule => rule.Purpose);

    /// <summary>Every purpose, in the order of their names.</summary>
    public static IEnumerable<PurposeRule> All => _rules.Values.OrderBy(rule => rule.Purpose.Value, StringComparer.Ordinal);

    /// <summary>The rule of <paramref name="purpose"/>; absent if there is no such purpose.</summary>
    public static PurposeRule? Find(Purpose purpose) => _rules.GetValueOrDefault(purpose);

    private static IEnumerable<PurposeRule> Read()
    {
        using var table = new StreamReader(typeof(PurposeTable).Assembly.GetManifestResourceStream(typeof(PurposeTable), FileName)!);
        var lines = table.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'));
        return [.. lines.Skip(1).Select(Rule)];
    }

    private static PurposeRule Rule(string line)
    {
        var cells = line.Split(',', Columns);
        var facets = cells[3].Split(' ').Select(name => Enum.Parse<Facet>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)).ToArray();
        return new PurposeRule(
            new Purpose(cells[0]), Enum.Parse<LawfulBasis>(cells[1].Replace("_", "", StringComparison.Ordinal), ignoreCase: true), FacetSet.Of(facets), cells[2] == "yes", cells[4]);
    }
}
