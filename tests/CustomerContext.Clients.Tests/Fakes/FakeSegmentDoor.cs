using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Clients.Tests.Fakes;

/// <summary>A Segment door on a port of its own that answers as its script says.</summary>
internal sealed class FakeSegmentDoor : IAsyncDisposable
{
    /// <summary>A path under which it is too, as behind a proxy.</summary>
    public const string Under = "behind";

    private readonly WebApplication _app;

    private FakeSegmentDoor(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The messages of each request that was answered with 200, in order of arrival.</summary>
    public ConcurrentQueue<JsonArray> Batches { get; } = new();

    /// <summary>The authorization header of each request.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>By the number of the request, from 1, and its messages: the status, and what is refused.</summary>
    public Func<int, JsonArray, (int Status, JsonArray Refused)> Answer { get; set; } = (_, _) => (StatusCodes.Status200OK, []);

    /// <summary>What is answered instead, with 200. Absent: what the door answers.</summary>
    public string? Page { get; set; }

    public static async Task<FakeSegmentDoor> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var door = new FakeSegmentDoor(app);
        app.MapPost("/v1/batch", door.Take);
        app.MapPost($"/{Under}/v1/batch", door.Take);
        await app.StartAsync();
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task<IResult> Take(HttpRequest request)
    {
        Keys.Enqueue(request.Headers.Authorization.ToString());
        var batch = (await JsonNode.ParseAsync(request.Body))!["batch"]!.AsArray();
        var (status, refused) = Answer(Keys.Count, batch);
        if (status != StatusCodes.Status200OK)
        {
            return Results.StatusCode(status);
        }

        Batches.Enqueue(batch);
        return Page is { } page ? Results.Text(page) : Results.Json(new JsonObject { ["success"] = true, ["refused"] = refused });
    }
}
