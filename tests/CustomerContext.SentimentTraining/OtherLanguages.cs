using CustomerContext.Domain.Sentiment;

namespace CustomerContext.SentimentTraining;

/// <summary>The sentences beside this file.</summary>
internal static class OtherLanguages
{
    public static IReadOnlyList<(string Text, TextLanguage Language)> Sentences { get; } = [.. Read()];

    private static IEnumerable<(string Text, TextLanguage Language)> Read()
    {
        using var reader = new StreamReader(typeof(OtherLanguages).Assembly.GetManifestResourceStream("other-languages.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                foreach (var sentence in line[(line.IndexOf(' ') + 1)..].Split(" | "))
                {
                    yield return (sentence, TextLanguage.Other);
                }
            }
        }
    }
}
