using System.Security.Cryptography;
using System.Text;
using CustomerContext.V1;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CustomerContext.Cli.Import;

/// <summary>Reads a map from its file.</summary>
internal static class MapFile
{
    private const int MostBytes = 65_536;
    private const int NameCharacters = 40;

    private static readonly ConversationState[] _states =
    [
        ConversationState.Opened, ConversationState.Replied, ConversationState.Answered, ConversationState.Closed, ConversationState.Thanked, ConversationState.Proposed,
    ];

    /// <exception cref="UsageException">There is no such file, or it is no map; the text names the line.</exception>
    public static ImportMap Load(FileInfo file)
    {
        if (file is not { Exists: true, Length: <= MostBytes })
        {
            throw new UsageException($"there is no map {file.FullName}, or it has more than {MostBytes:N0} bytes");
        }

        var text = File.ReadAllText(file.FullName);
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new UsageException($"{file.Name} line {e.Start.Line}: no YAML, or a key that is there twice");
        }

        return yaml.Documents is [{ RootNode: YamlMappingNode root }] ? MapOf(new MapNode(file.Name, root), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))) : throw new UsageException($"{file.Name}: must be one map of keys");
    }

    private static ImportMap MapOf(MapNode root, string content)
    {
        var map = new ImportMap(Name(root, root.Word("name")), root.Word("source"), root.Word("id"), SubjectOf(root), TimesOf(root.Child("times")), SignalsOf(root)) { Content = content };
        root.RefuseOthers();
        return map;
    }

    private static MapSubject SubjectOf(MapNode root)
    {
        var node = root.Child("subject") ?? throw root.Wrong("'subject' is missing");
        MapSubject[] named =
        [
            .. Enum.GetValues<SubjectKind>()
                .Select(kind => (Kind: kind, Column: node.OptionalWord(kind.ToString().ToLowerInvariant())))
                .Where(one => one.Column is { Length: > 0 })
                .Select(one => new MapSubject(one.Kind, one.Column!)),
        ];
        node.RefuseOthers();
        return named is [var only] ? only : throw node.Wrong("'subject' must have one of email, phone and id");
    }

    private static CellTimes TimesOf(MapNode? node)
    {
        if (node is null)
        {
            return new CellTimes(null, null);
        }

        var (format, zone) = (node.OptionalWord("format"), node.OptionalWord("zone"));
        node.RefuseOthers();
        return zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? new CellTimes(format, zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone))
            : throw node.Wrong("'zone' must be the name of a time zone, like Europe/Berlin");
    }

    private static MapSignal[] SignalsOf(MapNode root)
    {
        var list = root.Child("signals") ?? throw root.Wrong("'signals' is missing");
        MapSignal[] signals = [.. list.Keys.Select(name => SignalOf(Name(list, name), list.Child(name)!))];
        return signals.Length > 0 ? signals : throw list.Wrong("'signals' must have at least one");
    }

    private static MapSignal SignalOf(string name, MapNode node)
    {
        var time = node.Word("time");
        MapSignal?[] said =
        [
            node.Child("conversation") is { } conversation ? ConversationOf(name, time, conversation) : null,
            node.Child("survey") is { } survey ? SurveyOf(name, time, survey) : null,
            node.Child("trait") is { } trait ? TraitOf(name, time, trait) : null,
        ];
        node.RefuseOthers();
        return said.OfType<MapSignal>().ToArray() is [var only] ? only : throw node.Wrong($"'{name}' must have one of conversation, survey and trait");
    }

    private static MapSignal.OfConversation ConversationOf(string name, string time, MapNode node)
    {
        var made = new MapSignal.OfConversation(
            name,
            time,
            node.Value("id"),
            node.Value("channel"),
            node.Choice("role", ParticipantRole.Customer, ParticipantRole.Agent, ParticipantRole.Other) ?? ParticipantRole.Customer,
            node.Choice("state", _states) ?? throw node.Wrong("'state' is missing"),
            node.OptionalValue("text"),
            node.OptionalValue("link"),
            node.Values("topics"));
        node.RefuseOthers();
        return made.Text is null || made.Role == ParticipantRole.Customer ? made : throw node.Wrong("'text' is scored, so it must be the customer's: role customer");
    }

    private static MapSignal.OfSurvey SurveyOf(string name, string time, MapNode node)
    {
        var made = new MapSignal.OfSurvey(
            name, time, node.Word("question"), node.Value("answer"), node.Number("lowest"), node.Number("highest"), node.Values("topics"));
        node.RefuseOthers();
        return made.Lowest < made.Highest ? made : throw node.Wrong("'lowest' must be below 'highest'");
    }

    private static MapSignal.OfTrait TraitOf(string name, string time, MapNode node)
    {
        var made = new MapSignal.OfTrait(name, time, node.Word("name"), node.Value("value"));
        node.RefuseOthers();
        return made;
    }

    private static string Name(MapNode node, string name) => name.Length is > 0 and <= NameCharacters && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        ? name
        : throw node.Wrong($"names must be 1 to {NameCharacters} letters, digits and '-', for they are part of ids");
}
