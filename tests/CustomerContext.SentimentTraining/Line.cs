using System.Text.Json;
using CustomerContext.Domain.Sentiment;

namespace CustomerContext.SentimentTraining;

/// <summary>What people say of a text.</summary>
internal enum Label
{
    Negative,
    Neutral,
    Positive,
}

/// <summary>One line of the data.</summary>
internal sealed record Line(string File, string Id, TextLanguage Language, Label Label, double? Valence, string Text)
{
    private const int Folds = 5;

    /// <summary>
    /// One in five is never trained on, told by its id: of a longer text ("12_3" is the third sentence of "12") all or none. So whoever has the data can tell which figures are of lines never seen.
    /// </summary>
    public bool IsHeldOut => Bucket(Folds, 0) == 0;

    /// <summary>A number from 0 to <paramref name="count"/> - 1, drawn by the id.</summary>
    public int Bucket(int count, uint seed)
    {
        var hash = 2166136261 ^ seed;
        foreach (var c in Id.Split('_')[0])
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)((((hash ^ (hash >> 15)) * 2654435761) >> 16) % (uint)count);
    }

    /// <summary>All lines of the files; what is not JSON is passed over.</summary>
    public static IEnumerable<Line> Read(string folder, string pattern)
    {
        foreach (var path in Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal))
        {
            foreach (var json in System.IO.File.ReadLines(path))
            {
                if (Parse(Path.GetFileNameWithoutExtension(path), json) is { } line)
                {
                    yield return line;
                }
            }
        }
    }

    private static Line? Parse(string file, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new Line(
                file,
                root.GetProperty("id").GetString()!,
                TextLanguages.Of(root.GetProperty("lang").GetString())!.Value,
                root.GetProperty("label").GetString() switch { "neg" => Label.Negative, "pos" => Label.Positive, _ => Label.Neutral },
                root.TryGetProperty("valence", out var valence) ? valence.GetDouble() : null,
                root.GetProperty("text").GetString()!);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
