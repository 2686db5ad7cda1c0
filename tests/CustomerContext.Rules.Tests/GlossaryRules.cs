using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerContext.Rules.Tests;

/// <summary>The glossary has the names of the contract and of the configuration that people meet, as the English pages write them, and one meaning for each word.</summary>
public partial class GlossaryRules
{
    private const string Consents = "silo/CustomerContext.Domain/Consents";

    private static readonly string[] _rows = [.. Lines("docs/glossary.md").Where(line => line.StartsWith("| ", StringComparison.Ordinal))];

    [Fact]
    public void Names_OfContractAndConfiguration_AreTheEntriesInCode()
    {
        string[] names =
        [
            .. ValuesOf("Facet"), .. NamesOf($"{Consents}/purposes.csv"), .. NamesOf($"{Consents}/presets.csv"), .. ValuesOf("WithheldReason"), .. ValuesOf("AbsenceReason"),
        ];
        Assert.Equal(names, _rows.Select(FirstOf).Where(entry => entry.StartsWith('`')).Select(entry => entry.Trim('`')));
    }

    [Fact]
    public void Names_ThatPagesShow_StandBesideWhatTheyWrite()
    {
        var phrases = XDocument.Load(Path.Combine(Repository.Root, "clients/CustomerContext.Web/Words/Text.resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);
        var shown = ValuesOf("Facet").Select(name => (name, $"facet.{name.ToLowerInvariant().Replace('_', '-')}"))
            .Concat(NamesOf($"{Consents}/purposes.csv").Select(name => (name, $"purpose.{name}")))
            .Concat(NamesOf($"{Consents}/presets.csv").Select(name => (name, $"preset.{name}")));
        Assert.All(shown, one => Assert.Contains(_rows, row => row.StartsWith($"| `{one.name}` | {phrases[one.Item2]} |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Words_OfTheGlossary_HaveOneMeaningEach()
    {
        var words = _rows.Select(FirstOf).Where(entry => entry is not ("word" or "name")).SelectMany(entry => entry.Split(", ")).ToArray();
        Assert.Equal(words.Distinct(), words);
    }

    private static string FirstOf(string row) => row.Split('|')[1].Trim();

    private static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Repository.Root, path));

    /// <summary>The first column of a table of the configuration.</summary>
    private static IEnumerable<string> NamesOf(string path) =>
        Lines(path).Where(line => !line.StartsWith('#')).Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]);

    /// <summary>The values of an enum of the contract without its prefix, but for the first, which is none.</summary>
    private static IEnumerable<string> ValuesOf(string name)
    {
        var body = Repository.Sources("*.proto", "contracts").Select(path => Regex.Match(File.ReadAllText(path), $@"^enum {name} \{{(?<body>.*?)^\}}", RegexOptions.Multiline | RegexOptions.Singleline)).Single(match => match.Success);
        var prefix = CapitalInside().Replace(name, "_").ToUpperInvariant() + "_";
        return EnumValue().Matches(body.Groups["body"].Value).Select(match => match.Groups["value"].Value[prefix.Length..]).Skip(1);
    }

    [GeneratedRegex(@"^  (?<value>[A-Z_]+) = \d+;", RegexOptions.Multiline)]
    private static partial Regex EnumValue();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex CapitalInside();
}
