namespace CustomerContext.Benchmarks.Topics;

/// <summary>What needs no list of matters: the words of a text that are no stop words.</summary>
internal static class KeywordBaseline
{
    private const int Most = 3;

    /// <summary>The first three.</summary>
    public static string[] First(string text, IReadOnlySet<string> stopWords) => [.. Words(text, stopWords).Take(Most)];

    /// <summary>The three longest; of equals the first.</summary>
    public static string[] Longest(string text, IReadOnlySet<string> stopWords) => [.. Words(text, stopWords).OrderByDescending(word => word.Length).Take(Most)];

    /// <summary>The three that the fewest texts have.</summary>
    public static string[] Rarest(string text, IReadOnlySet<string> stopWords, IReadOnlyDictionary<string, int> texts) =>
        [.. Words(text, stopWords).OrderBy(texts.GetValueOrDefault).Take(Most)];

    /// <summary>In how many of the texts each word is.</summary>
    public static Dictionary<string, int> Count(IEnumerable<string> texts, IReadOnlySet<string> stopWords) =>
        texts.SelectMany(text => Words(text, stopWords)).CountBy(word => word).ToDictionary();

    private static IEnumerable<string> Words(string text, IReadOnlySet<string> stopWords) => new string([.. text.ToLowerInvariant().Select(unit => char.IsLetterOrDigit(unit) ? unit : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(word => !stopWords.Contains(word))
        .Distinct();
}
