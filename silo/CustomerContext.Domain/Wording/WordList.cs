using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CustomerContext.Domain.Wording;

/// <summary>
/// Words for people in one language: the sentences of the files in this folder, by their codes. Numbers and ages are written here and not by the system's culture, so
/// every machine says the same.
/// </summary>
public sealed class WordList
{
    private static readonly FrozenDictionary<Language, WordList> _all = Enum.GetValues<Language>().ToFrozenDictionary(language => language, language => new WordList(language));

    private readonly FrozenDictionary<string, string> _words;

    private WordList(Language language)
    {
        _words = new[] { "brief", "names", "catalogue" }.SelectMany(file => Read(file, Languages.TagOf(language))).ToFrozenDictionary(StringComparer.Ordinal);
        Codes = [.. _words.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>All codes, ordinal.</summary>
    public ImmutableArray<string> Codes { get; }

    /// <summary>The words of <paramref name="language"/>.</summary>
    public static WordList Of(Language language) => _all[language];

    /// <summary>The sentence of <paramref name="code"/>; absent if there is none.</summary>
    public string? Find(string code) => _words.GetValueOrDefault(code);

    /// <summary>The sentence of <paramref name="code"/> with what is known in its places.</summary>
    public string Say(string code, params ReadOnlySpan<(string Place, string Text)> known)
    {
        var sentence = new StringBuilder(_words[code]);
        foreach (var (place, text) in known)
        {
            sentence.Replace($"{{{place}}}", text);
        }

        return sentence.ToString();
    }

    /// <summary>A topic in words.</summary>
    public string Topic(string topic) => Find($"topic.{topic}") ?? topic;

    /// <summary>A value of a trait in words.</summary>
    public string Value(string trait, string value) => Find($"value.{trait}.{value}") ?? Plain(value);

    /// <summary>A length of time in words, 1 minute or more: in minutes, from 1 hour in hours, from 2 days in days, from 2 weeks in weeks, from 9 weeks in months of 30 days.</summary>
    public string Age(TimeSpan age) => age switch
    {
        { TotalHours: < 1 } => Count("minute", Math.Max(1, age.TotalMinutes)),
        { TotalDays: < 2 } => Count("hour", age.TotalHours),
        { TotalDays: < 14 } => Count("day", age.TotalDays),
        { TotalDays: < 63 } => Count("week", age.TotalDays / 7),
        _ => Count("month", age.TotalDays / 30),
    };

    /// <summary>The values of a trait that have words, ordinal.</summary>
    public IEnumerable<string> ValuesOf(string trait) =>
        Codes.Where(code => code.StartsWith($"value.{trait}.", StringComparison.Ordinal)).Select(code => code[$"value.{trait}.".Length..]);

    private string Count(string unit, double count) =>
        (int)count == 1 ? Say($"age.{unit}") : Say($"age.{unit}s", ("n", ((int)count).ToString(CultureInfo.InvariantCulture)));

    private static string Plain(string coded) => coded.Replace('_', ' ').Replace('-', ' ');

    private static IEnumerable<KeyValuePair<string, string>> Read(string file, string tag)
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream(typeof(WordList), $"{file}-{tag}.txt")
            ?? throw new FormatException($"There are no words '{file}' in '{tag}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                var sign = line.IndexOf(" = ", StringComparison.Ordinal);
                yield return sign > 0 ? new(line[..sign], line[(sign + 3)..]) : throw new FormatException($"{file}-{tag}: '{line}' is no code with a sentence.");
            }
        }
    }
}
