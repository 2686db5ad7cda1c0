using System.Text.Json;
using CustomerContext.Silo.Access;
using Google.Protobuf;
using ModelContextProtocol.Protocol;

namespace CustomerContext.Silo.Api.Http.Mcp;

/// <summary>
/// A tool of the Model Context Protocol. It reads and changes nothing. Its answer is data, and says so: its texts come from sources to which many can write, so it stands in a structure of its own and is never
/// part of what a model is told to do.
/// </summary>
internal abstract class McpTool(HttpDoor door)
{
    /// <summary>The tool as it is listed.</summary>
    public abstract Tool Listed { get; }

    /// <summary>What stands before the data of an answer.</summary>
    protected abstract string Notice { get; }

    /// <summary>Answers a call of the tool.</summary>
    /// <param name="call">Who calls; it is told how the call ended.</param>
    /// <param name="arguments">What they ask for.</param>
    public async Task<CallToolResult> Call(McpCall call, IDictionary<string, JsonElement>? arguments)
    {
        try
        {
            var data = await Answer((TenantCaller)call.Admitted.Caller, arguments ?? new Dictionary<string, JsonElement>());
            var json = $"{{\"notice\":{JsonSerializer.Serialize(Notice)},\"data\":{JsonFormatter.Default.Format(data)}}}";
            return new CallToolResult { StructuredContent = JsonSerializer.Deserialize<JsonElement>(json), Content = [new TextContentBlock { Text = json }] };
        }
        catch (Exception error)
        {
            var seen = door.Seen(McpDoor.Name, error);
            call.Ended = seen.StatusCode;
            return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = HttpErrors.Json(seen) }] };
        }
    }

    /// <summary>What the tool answers, as the contract has it.</summary>
    protected abstract Task<IMessage> Answer(TenantCaller caller, IDictionary<string, JsonElement> arguments);

    /// <summary>A tool as it is listed, with the schemas of its name.</summary>
    protected static Tool List(string name, string title, string description) => new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = Schema($"{name}.json"),
        OutputSchema = Schema($"{name}.answer.json"),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = false },
    };

    private static JsonElement Schema(string file)
    {
        using var text = typeof(McpTool).Assembly.GetManifestResourceStream($"mcp/{file}")!;
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
