using System.Net.Mime;
using System.Text.Json;
using CustomerContext.Silo.Hosting;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Http.Contract;

/// <summary>The contract for whoever wants to call: its proto files, and an OpenAPI document of what can be called by JSON. Anybody may read it; it is the same for everybody.</summary>
internal sealed class ContractDoor(SiloMetrics metrics)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/api";

    private const string Name = "GET " + Path;

    private static readonly Lazy<string> _list = new(() => JsonSerializer.Serialize(new { openapi = $"{Path}/openapi.json", protos = ContractFiles.Texts.Keys.Select(name => $"{Path}/{name}") }));
    private static readonly Lazy<string> _document = new(() => OpenApiDocument.Of(ContractFiles.Descriptors()).ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    /// <summary>Answers with what is here.</summary>
    public Task ServeList(HttpContext http) => Answer(http, MediaTypeNames.Application.Json, _list.Value);

    /// <summary>Answers with the OpenAPI document.</summary>
    public Task ServeDocument(HttpContext http) => Answer(http, MediaTypeNames.Application.Json, _document.Value);

    /// <summary>Answers with a proto file, or 404.</summary>
    public Task ServeFile(HttpContext http, string file)
    {
        if (ContractFiles.Texts.TryGetValue(file, out var text))
        {
            return Answer(http, "text/plain; charset=utf-8", text);
        }

        metrics.CallEnded(Name, StatusCode.NotFound);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task Answer(HttpContext http, string type, string text)
    {
        metrics.CallEnded(Name, StatusCode.OK);
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text);
    }
}
