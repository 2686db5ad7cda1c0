using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace CustomerContext.Cli.Output;

/// <summary>JSON for scripts: one line each; messages of the contract in their protobuf JSON form.</summary>
internal static class Json
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    /// <summary>What a terminal shows need not be safe inside HTML.</summary>
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(IMessage message) => Formatter.Format(message);

    public static string Line(JsonNode node) => node.ToJsonString(OneLine);

    /// <summary>A message as part of something larger.</summary>
    public static JsonNode Node(IMessage message) => JsonNode.Parse(Formatter.Format(message))!;
}
