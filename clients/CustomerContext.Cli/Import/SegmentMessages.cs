using System.Text;
using System.Text.Json;
using CustomerContext.Cli.Replay;

namespace CustomerContext.Cli.Import;

/// <summary>Lines of a Segment export: one message each. What a message means is for the server's Segment door alone to say; here is checked what it would refuse, or pass over.</summary>
internal static class SegmentMessages
{
    /// <summary>A message of somebody who had not signed in: nobody whom a company could name.</summary>
    public const string Anonymous = "ANONYMOUS";

    /// <summary>A message that has no effect here, whoever it is about.</summary>
    public const string NoEffect = "NO_EFFECT";

    private const string InvalidArgument = "INVALID_ARGUMENT";
    private const int MostBytes = 32 * 1024;
    private const int IdCharacters = 128;

    /// <summary>The door reads JSON of 32 levels, two of which are around each message.</summary>
    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 30 };

    private static readonly string[] _kinds = ["identify", "track", "page", "screen", "group", "alias"];

    /// <summary>What a line says. Absent: an empty line.</summary>
    public static ReplayLine? Parse(string line, long number)
    {
        var text = line.Trim();
        if (text.Length == 0)
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            return new ReplayLine.Refused(number, ReplayLine.MalformedLine, $"has more than {MostBytes} bytes");
        }

        try
        {
            using var message = JsonDocument.Parse(text, _options);
            return message.RootElement.ValueKind == JsonValueKind.Object
                ? LineOf(message.RootElement, text, number)
                : new ReplayLine.Refused(number, ReplayLine.MalformedLine, "is no JSON object");
        }
        catch (JsonException)
        {
            return new ReplayLine.Refused(number, ReplayLine.MalformedLine, "is no JSON object");
        }
    }

    private static ReplayLine LineOf(JsonElement message, string text, long number)
    {
        var kind = Text(message, "type");
        return (kind, Text(message, "userId")) switch
        {
            _ when !_kinds.Contains(kind) => Refused("type must be identify, track, page, screen, group or alias"),
            ("alias", _) => new ReplayLine.Skipped(number, NoEffect),
            (_, "") => new ReplayLine.Skipped(number, Anonymous),
            _ when Text(message, "messageId").Length is 0 or > IdCharacters => Refused($"messageId must be 1 to {IdCharacters} characters"),
            _ when !DateTimeOffset.TryParse(Text(message, "timestamp"), out _) => Refused("timestamp must say when it happened"),
            _ => new ReplayLine.OfMessage(number, text),
        };

        ReplayLine.Refused Refused(string why) => new(number, InvalidArgument, why);
    }

    private static string Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
