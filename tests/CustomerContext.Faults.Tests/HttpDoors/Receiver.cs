using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>A company's receiver that does what a test wants: it takes, refuses, redirects or does not answer. Signatures are checked by the example, with the npm package.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Channel<Call>> _calls = new();

    private Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/hook/{tenant}", Take);
        _app.MapFallback(() => Elsewhere++);
    }

    /// <summary>What it answers about a tenant, once the task is done; without one it takes everything at once.</summary>
    public ConcurrentDictionary<string, Task<int>> Answers { get; } = new();

    /// <summary>Which calls are refused whatever is answered else.</summary>
    public Func<Call, bool>? Refused { get; set; }

    /// <summary>Calls at an address that nobody gave it: a redirect was followed.</summary>
    public int Elsewhere { get; private set; }

    /// <summary>Done when a call was broken off before it was answered.</summary>
    public TaskCompletionSource BrokenOff { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where a tenant is called.</summary>
    public string UrlOf(string tenant) => $"{_app.Urls.First()}/hook/{tenant}";

    public static async Task<Receiver> Start()
    {
        var receiver = new Receiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next call for <paramref name="tenant"/>.</summary>
    public async Task<Call> Next(string tenant = "acme")
    {
        using var longest = new CancellationTokenSource(_longest);
        return await Of(tenant).Reader.ReadAsync(longest.Token);
    }

    /// <summary>True if something has come that nobody has read.</summary>
    public bool HasMore(string tenant = "acme") => Of(tenant).Reader.TryPeek(out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> Take(HttpRequest request, string tenant)
    {
        var body = await JsonNode.ParseAsync(request.Body);
        request.HttpContext.RequestAborted.Register(() => BrokenOff.TrySetResult());
        var call = new Call($"{request.Headers["webhook-id"]}", body!.AsObject());
        Of(tenant).Writer.TryWrite(call);
        if (Refused?.Invoke(call) == true)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var status = Answers.TryGetValue(tenant, out var answer) ? await answer.WaitAsync(request.HttpContext.RequestAborted) : StatusCodes.Status204NoContent;
        return status == StatusCodes.Status302Found ? Results.Redirect("/elsewhere") : Results.StatusCode(status);
    }

    private Channel<Call> Of(string tenant) => _calls.GetOrAdd(tenant, _ => Channel.CreateUnbounded<Call>());
}

/// <summary>One call.</summary>
internal sealed record Call(string Id, JsonObject Body)
{
    public string Type => (string)Body["type"]!;

    public string Customer => (string)Body["data"]!["customer_id"]!;

    public string Grant => (string)Body["data"]!["grant_id"]!;

    public int Version => (int)Body["data"]!["version"]!;

    public string Work => (string)Body["data"]!["work_id"]!;

    public string Queue => (string)Body["data"]!["queue"]!;
}
