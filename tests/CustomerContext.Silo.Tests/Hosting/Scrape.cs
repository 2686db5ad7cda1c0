using System.Text.RegularExpressions;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>What <c>/metrics</c> shows: each series by the name of its metric, with the names of its labels.</summary>
internal sealed partial class Scrape
{
    public Scrape(string text)
    {
        Text = text;
        Series = text.Split('\n').Select(line => Line().Match(line)).Where(match => match.Success).ToLookup(
            match => match.Groups["name"].Value,
            match => Label().Matches(match.Groups["labels"].Value).Select(label => label.Groups[1].Value).ToHashSet());
    }

    public string Text { get; }

    public ILookup<string, HashSet<string>> Series { get; }

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? \S+")]
    private static partial Regex Line();

    [GeneratedRegex(@"([a-zA-Z_]\w*)=""(?:[^""\\]|\\.)*""")]
    private static partial Regex Label();
}
