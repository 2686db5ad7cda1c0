using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace CustomerContext.Cli.Import;

/// <summary>One level of a map file. Whatever is not asked for is refused in the end, so that a mistyped key is heard of.</summary>
/// <param name="file">The file's name, for errors.</param>
/// <param name="node">The level.</param>
internal sealed class MapNode(string file, YamlMappingNode node)
{
    private readonly HashSet<string> _asked = [];

    /// <summary>The keys, in the order of the file.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "");

    /// <summary>The text under a key.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public string Word(string key) => OptionalWord(key) is { Length: > 0 } word ? word : throw Wrong(node, $"'{key}' is missing");

    /// <summary>The text under a key. Absent: there is no such key.</summary>
    /// <exception cref="UsageException">It is no text.</exception>
    public string? OptionalWord(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } => text,
        var other => throw Wrong(other, $"'{key}' must be a text"),
    };

    /// <summary>The number under a key.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public double Number(string key) => double.TryParse(Word(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(Find(key)!, $"'{key}' must be a number");

    /// <summary>One of the words that <typeparamref name="T"/> has. Absent: there is no such key.</summary>
    /// <exception cref="UsageException">It is another one.</exception>
    public T? Choice<T>(string key, params ReadOnlySpan<T> choices) where T : struct, Enum
    {
        if (OptionalWord(key) is not { } word)
        {
            return null;
        }

        foreach (var choice in choices)
        {
            if (choice.ToString().Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        throw Wrong(Find(key)!, $"'{key}' must be one of {string.Join(", ", choices.ToArray()).ToLowerInvariant()}");
    }

    /// <summary>Where a value comes from: the name of a column, or what <see cref="MapValue"/> describes. Absent: there is no such key.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public MapValue? OptionalValue(string key) => Find(key) is { } value ? ValueOf(value, key) : null;

    /// <summary>The same of a key that must be there.</summary>
    /// <exception cref="UsageException">It is not there, or neither.</exception>
    public MapValue Value(string key) => OptionalValue(key) ?? throw Wrong(node, $"'{key}' is missing");

    /// <summary>The values of a list. Empty: there is no such key.</summary>
    /// <exception cref="UsageException">It is no list.</exception>
    public IReadOnlyList<MapValue> Values(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Select(one => ValueOf(one, key))],
        var other => throw Wrong(other, $"'{key}' must be a list, like [Type, Product]"),
    };

    /// <summary>The level below a key. Absent: there is no such key.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public MapNode? Child(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode child => new MapNode(file, child),
        var other => throw Wrong(other, $"'{key}' must have keys of its own"),
    };

    /// <exception cref="UsageException">There is a key that nobody asked for.</exception>
    public void RefuseOthers()
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !_asked.Contains(name))
            {
                throw Wrong(key, $"'{key}' is not known here; known are {string.Join(", ", _asked)}");
            }
        }
    }

    /// <summary>That something is wrong with this level.</summary>
    public UsageException Wrong(string what) => Wrong(node, what);

    private MapValue ValueOf(YamlNode value, string key)
    {
        switch (value)
        {
            case YamlScalarNode { Value: { Length: > 0 } column }:
                return new MapValue(column, null, null, null);
            case YamlMappingNode mapping:
                var level = new MapNode(file, mapping);
                var (said, named) = (level.OptionalWord("always"), level.OptionalWord("column"));
                var values = level.Child("values") is { } list ? list.Keys.ToDictionary(one => one, one => list.OptionalWord(one) ?? throw list.Wrong("'values' must be texts")) : null;
                var made = new MapValue(named, said, values, level.OptionalWord("else"));
                level.RefuseOthers();
                var isOne = said is null ? (named is { Length: > 0 } && values is not null) : (named is null && values is null && made.Else is null);
                return isOne
                    ? made
                    : throw Wrong(value, $"'{key}' must have either always, or column and values, and perhaps else");
            default:
                throw Wrong(value, $"'{key}' must name a column");
        }
    }

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;
    }

    private UsageException Wrong(YamlNode where, string what) => new($"{file} line {where.Start.Line}: {what}");
}
