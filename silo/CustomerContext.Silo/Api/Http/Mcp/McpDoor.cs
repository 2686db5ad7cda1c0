using System.Runtime.InteropServices;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Hosting;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Http.Mcp;

/// <summary>
/// Stands before the Model Context Protocol (streamable HTTP, without sessions), as <see cref="JsonCallDoor"/> does before calls by JSON: who calls is known before anything of the body is read, and the
/// body is one whole message. Only AI readers come in here, as their tenants list them.
/// </summary>
internal sealed class McpDoor(RequestDelegate next, HttpDoor door, Admission admission, SiloMetrics metrics)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/mcp";

    /// <summary>What calls are counted and logged as.</summary>
    public const string Name = "POST " + Path;

    private static readonly CallRule _rule = new(Scopes.ContextRead, CallerKind.Tenant) { Lane = Lane.Looks };
    private static readonly Refusal _noJson = new(RefusalReason.InvalidArgument, "content-type", "must be application/json");
    private static readonly Refusal _noMessage = new(RefusalReason.InvalidArgument, "body", "must be one request or notification of JSON-RPC 2.0");

    private static readonly Refusal _noParameters = new(RefusalReason.InvalidArgument, "params", "must be those of the method");

    /// <summary>Marks what this door stands before.</summary>
    internal sealed record Mark;

    /// <summary>Lets the call in or answers it.</summary>
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Mark>() is null ? next(http) : door.Guard(http, Name, Limits.AiReaders.MessageBytes, () => Serve(http));

    private async Task Serve(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        var caller = await admission.Admit(http, _rule);
        if (caller is not TenantCaller { IsAi: true })
        {
            throw RpcErrors.NotAllowed("The token's client must be an AI reader of its company: the customer is told which program has read, and for whom.");
        }

        using var place = admission.Enter(http, caller, _rule, Limits.AiReaders.MessageBytes);
        var call = new McpCall(new AdmittedCall(caller, _rule, place, null));
        admission.Take(call.Admitted, 1);
        if (!http.Request.HasJsonContentType())
        {
            await HttpErrors.Answer(http.Response, RpcErrors.From(_noJson), StatusCodes.Status415UnsupportedMediaType);
            return;
        }

        using var body = await door.Body(http, Limits.AiReaders.MessageBytes, Limits.Doors.SmallBody, place);
        if (!IsMessage(body.RootElement))
        {
            throw RpcErrors.From(_noMessage);
        }

        http.Request.Body = new MemoryStream(JsonMarshal.GetRawUtf8Value(body.RootElement).ToArray());
        http.Features.Set(call);
        try
        {
            await next(http);
        }
        catch (JsonException)
        {
            // What is wrong in a tool's arguments the tool says. This is what the protocol itself reads.
            throw RpcErrors.From(_noParameters);
        }

        metrics.CallEnded(Name, call.Ended);
    }

    /// <summary>A request or a notification: the server asks nothing, so there are no answers to it.</summary>
    private static bool IsMessage(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("jsonrpc", out var version) && version.ValueKind == JsonValueKind.String && version.ValueEquals("2.0")
        && json.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String
        && (!json.TryGetProperty("id", out var id) || id.ValueKind == JsonValueKind.String || (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _)))
        && (!json.TryGetProperty("params", out var arguments) || arguments.ValueKind == JsonValueKind.Object)
        && !json.TryGetProperty("result", out _) && !json.TryGetProperty("error", out _);
}

/// <summary>A call at the door.</summary>
internal sealed class McpCall(AdmittedCall admitted)
{
    /// <summary>Who calls.</summary>
    public AdmittedCall Admitted { get; } = admitted;

    /// <summary>What it is counted as when it has ended.</summary>
    public StatusCode Ended { get; set; } = StatusCode.OK;
}
