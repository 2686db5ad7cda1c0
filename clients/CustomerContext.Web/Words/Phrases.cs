using System.Globalization;
using System.Resources;
using CustomerContext.V1;
using CustomerContext.Web.Facets;

namespace CustomerContext.Web.Words;

/// <summary>The words of the pages in the reader's language: one resource file for each (Text.resx, Text.de.resx, Text.fr.resx).</summary>
internal sealed class Phrases
{
    private const int NearlyAll = 8;

    private static readonly ResourceManager _texts = new("CustomerContext.Web.Words.Text", typeof(Phrases).Assembly);

    /// <summary>The phrase of a key, with {0}, {1} filled in by culture.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such key; a test sees to it that each has its phrase in each language.</exception>
    public string this[string key, params object?[] values]
    {
        get
        {
            var text = _texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"No phrase for {key}");
            return values.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, values);
        }
    }

    /// <summary>The phrase of a value that may be newer than this version. Absent: there is none.</summary>
    public string? Find(string key) => _texts.GetString(key, CultureInfo.CurrentUICulture);

    /// <summary>"1 message", "3 messages": the keys KEY.one and KEY.many.</summary>
    public string Count(string key, int number) => number == 1 ? this[$"{key}.one"] : this[$"{key}.many", number];

    /// <summary>The phrase of an enum's value, "word.Unhappy"; of one that is newer than this version, the value's own name in small letters.</summary>
    public string Of<T>(string group, T value)
        where T : struct, Enum => Find($"{group}.{value}") ?? Coded(value.ToString());

    /// <summary>A coded value for people: its phrase if there is one, else "call_before_noon" as "call before noon".</summary>
    public string Value(string value) => Find($"value.{value}") ?? Coded(value);

    /// <summary>A company's name for people.</summary>
    public string Company(string id) => id.Length == 0 ? "" : char.ToUpperInvariant(id[0]) + id[1..];

    /// <summary>How long ago or how soon, in words: "3 minutes ago".</summary>
    public string Ago(DateTimeOffset then, DateTimeOffset now)
    {
        var age = now - then;
        var (unit, number) = Rounded(age.Duration());
        return number == 0 ? this["time.now"] : Count(age < TimeSpan.Zero ? $"time.in.{unit}" : $"time.ago.{unit}", number);
    }

    /// <summary>How long, in words: "3 hours".</summary>
    public string Long(TimeSpan time)
    {
        var (unit, number) = Rounded(time);
        return number == 0 ? this["time.long.now"] : Count($"time.long.{unit}", number);
    }

    /// <summary>A number with its sign, "+0.42".</summary>
    public string Signed(double number) => number.ToString("+0.00;−0.00;0.00", CultureInfo.CurrentCulture);

    /// <summary>A share, "84 %" as the language writes it.</summary>
    public string Share(double share) => share.ToString("P0", CultureInfo.CurrentCulture);

    /// <summary>"router, delivery and refund".</summary>
    public string List(IEnumerable<string> items)
    {
        var all = items.ToArray();
        return all.Length < 2 ? string.Concat(all) : this["list.and", string.Join(", ", all[..^1]), all[^1]];
    }

    /// <summary>Facets as the customer reads them: "your mood and what is on your mind". Nearly all are called everything.</summary>
    public string Facets(IReadOnlyCollection<Facet> facets) => FacetBlock.Order.Count(facets.Contains) >= NearlyAll
        ? this["yours.all"]
        : List(FacetBlock.Order.Where(facets.Contains).Select(facet => this[$"yours.{FacetBlock.NameOf(facet)}"]));

    /// <summary>In the largest unit of which there is one; 0: less than a minute.</summary>
    private static (string Unit, int Number) Rounded(TimeSpan time) => time switch
    {
        { TotalHours: < 1 } => ("minutes", (int)time.TotalMinutes),
        { TotalDays: < 1 } => ("hours", (int)time.TotalHours),
        _ => ("days", (int)time.TotalDays),
    };

    private static string Coded(string value)
    {
        var words = value.Replace('_', ' ');
        return string.Concat(words.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
    }
}
