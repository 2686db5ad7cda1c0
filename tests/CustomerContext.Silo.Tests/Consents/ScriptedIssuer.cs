using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Tests.Consents;

/// <summary>An issuer that answers each poll of a CIBA request as its script says, and notes when it was asked.</summary>
internal sealed class ScriptedIssuer : IAsyncDisposable
{
    /// <summary>Seconds between polls: no deadline of the silo is as long, so a test that waits for a timer does not take one of those for the next poll.</summary>
    public const int Interval = 7;

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _forger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentQueue<string> _script = new();
    private int _discoveries;

    private ScriptedIssuer(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    public string Issuer => _app.Urls.Single();

    /// <summary>When it was polled.</summary>
    public ConcurrentQueue<DateTimeOffset> Polls { get; } = new();

    /// <summary>What it answers as the seconds that the device asks.</summary>
    public object ExpiresIn { get; set; } = 600;

    /// <summary>True if it says that its devices show our terms (RFC 9396).</summary>
    public bool ShowsTerms { get; set; }

    /// <summary>How often its discovery document was asked for.</summary>
    public int Discoveries => _discoveries;

    public static async Task<ScriptedIssuer> Start(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var issuer = new ScriptedIssuer(builder.Build(), time);
        issuer.Map();
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>What the next polls get: an error of the protocol, a status, <c>approve SUBJECT</c>; <c>shown SUBJECT</c>: with the terms that were asked for; <c>altered SUBJECT</c>: with others; or <c>forge SUBJECT</c>: signed with a key that is not on the key set.</summary>
    public void Answers(params string[] answers)
    {
        foreach (var answer in answers)
        {
            _script.Enqueue(answer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _forger.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () =>
        {
            Interlocked.Increment(ref _discoveries);
            return Results.Json(new
            {
                issuer = Issuer,
                token_endpoint = $"{Issuer}/token",
                jwks_uri = $"{Issuer}/jwks",
                backchannel_authentication_endpoint = $"{Issuer}/ask",
                authorization_details_types_supported = ShowsTerms ? new[] { "urn:customercontext:grant" } : [],
            });
        });
        _app.MapGet("/jwks", () => Results.Json(new { keys = new[] { Jwk() } }));
        _app.MapPost("/ask", () => Results.Json(new { auth_req_id = "asked", expires_in = ExpiresIn, interval = Interval }));
        _app.MapPost("/token", Token);
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var details = (string?)(await request.ReadFormAsync())["authorization_details"];
        Polls.Enqueue(_time.GetUtcNow());
        var answer = _script.TryDequeue(out var next) ? next : "authorization_pending";
        return answer switch
        {
            _ when int.TryParse(answer, out var status) => Results.StatusCode(status),
            _ when answer.StartsWith("approve ", StringComparison.Ordinal) => Results.Json(new { id_token = IdToken(answer["approve ".Length..], _key) }),
            _ when answer.StartsWith("shown ", StringComparison.Ordinal) => Shown(answer["shown ".Length..], details!),
            _ when answer.StartsWith("altered ", StringComparison.Ordinal) =>
                Shown(answer["altered ".Length..], details!.Replace("service.support", "marketing.offer", StringComparison.Ordinal)),
            _ when answer.StartsWith("forge ", StringComparison.Ordinal) => Results.Json(new { id_token = IdToken(answer["forge ".Length..], _forger) }),
            _ => Results.Json(new { error = answer }, statusCode: StatusCodes.Status400BadRequest),
        };
    }

    private IResult Shown(string subject, string details) => Results.Json(new { id_token = IdToken(subject, _key), authorization_details = JsonNode.Parse(details) });

    private string IdToken(string subject, ECDsa key) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = "customercontext-ciba",
        Expires = _time.GetUtcNow().AddMinutes(5).UtcDateTime,
        IssuedAt = _time.GetUtcNow().UtcDateTime,
        NotBefore = _time.GetUtcNow().UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = subject },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = "k" }, SecurityAlgorithms.EcdsaSha256)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        },
    });

    private Dictionary<string, string> Jwk()
    {
        var point = _key.ExportParameters(false).Q;
        return new Dictionary<string, string>
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = "k",
            ["alg"] = "ES256",
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
    }
}
