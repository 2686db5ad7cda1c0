using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Faults.Tests.Joins;

/// <summary>A company's program that takes messages by webhook and checks who sent them, as Standard Webhooks says. It shares no code with the silo.</summary>
internal sealed class MessageProgram : IAsyncDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, Channel<JsonNode>> _inboxes = new();

    private MessageProgram()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/hook", Take);
    }

    /// <summary>What the configuration of the tenant says.</summary>
    public string Settings => $$"""{ "Webhook": "{{_app.Urls.First()}}/hook", "Secret": "whsec_{{Convert.ToBase64String(_secret)}}" }""";

    /// <summary>Calls whose signature was wrong.</summary>
    public int Forged { get; private set; }

    /// <summary>How often the next calls are answered 503 before they are taken.</summary>
    public int Failures { get; set; }

    public static async Task<MessageProgram> Start()
    {
        var program = new MessageProgram();
        await program._app.StartAsync();
        return program;
    }

    /// <summary>The next message to <paramref name="address"/>.</summary>
    public async Task<Message> Next(string address)
    {
        using var longest = new CancellationTokenSource(_longest);
        var body = await InboxOf(address).Reader.ReadAsync(longest.Token);
        return new Message(body);
    }

    /// <summary>True if something has come for <paramref name="address"/> that nobody has read.</summary>
    public bool HasMore(string address) => InboxOf(address).Reader.TryPeek(out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> Take(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        var signed = $"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{body}";
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(signed)))}";
        if (request.Headers["webhook-signature"] != expected)
        {
            Forged++;
            return Results.Unauthorized();
        }

        if (Failures > 0)
        {
            Failures--;
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var message = JsonNode.Parse(body)!;
        InboxOf((string)message["to"]!).Writer.TryWrite(message);
        return Results.NoContent();
    }

    private Channel<JsonNode> InboxOf(string address) => _inboxes.GetOrAdd(address, _ => Channel.CreateUnbounded<JsonNode>());
}

/// <summary>A message that a company's program got.</summary>
internal sealed record Message(JsonNode Body)
{
    public string Text => (string)Body["text"]!;

    public string Link => (string)Body["link"]!;

    /// <summary>The code in the link.</summary>
    public string Code => Parts[^2];

    /// <summary>What the link holds beside the code.</summary>
    public string Proof => Parts[^1];

    private string[] Parts => new Uri(Link).AbsolutePath.Split('/');
}
