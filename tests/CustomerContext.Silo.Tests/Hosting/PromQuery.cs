using System.Text.RegularExpressions;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>What a query in the language of Prometheus names: metrics, and the labels that it uses of all of them together.</summary>
internal sealed partial class PromQuery
{
    private static readonly HashSet<string> _words = ["sum", "max", "avg", "rate", "increase", "histogram_quantile", "by", "or", "vector"];

    public PromQuery(string text)
    {
        Text = text;
        Labels =
        [
            .. Grouping().Matches(text).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)),
            .. Matcher().Matches(text).Select(match => match.Groups[1].Value),
        ];
        var bare = Range().Replace(Selector().Replace(Grouping().Replace(text, ""), ""), "");
        Metrics = [.. Name().Matches(bare).Select(match => match.Value).Where(name => !_words.Contains(name)).Distinct()];
    }

    public string Text { get; }

    public IReadOnlyList<string> Metrics { get; }

    public IReadOnlyList<string> Labels { get; }

    [GeneratedRegex(@"by \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-zA-Z_]\w*)(?:=|!=|=~|!~)""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"[a-zA-Z_:][\w:]*")]
    private static partial Regex Name();
}
