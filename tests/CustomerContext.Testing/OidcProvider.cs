using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerContext.Testing;

/// <summary>
/// A real OpenID Connect provider (<c>oidc-provider</c> from npm, tests/clients/oidc) as a process of its own on a free port. Its clients are in clients.mjs, and a
/// test steers it: who can sign in, which keys it shows, what customers answer on their devices.
/// </summary>
public sealed class OidcProvider : IAsyncDisposable
{
    private const string Secret = "secret";

    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly HttpClient _http;

    private OidcProvider(Process process, string issuer)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri(issuer) };
        Issuer = issuer;
    }

    /// <summary>Its <c>iss</c>, and where it listens.</summary>
    public string Issuer { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<OidcProvider> Start()
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests/clients/oidc/provider.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        using var tooLong = new CancellationTokenSource(_longestStart);
        while (await process.StandardOutput.ReadLineAsync(tooLong.Token) is { } line)
        {
            if (line.StartsWith("{\"issuer\"", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // so that it never waits for a reader
                return new OidcProvider(process, JsonNode.Parse(line)!["issuer"]!.GetValue<string>());
            }
        }

        await process.WaitForExitAsync(tooLong.Token);
        throw new InvalidOperationException($"The provider ended with {process.ExitCode}; has npm installed tests/clients?");
    }

    /// <summary>Lets somebody sign in; <paramref name="claims"/> go into their access tokens.</summary>
    public Task AddAccount(string id, object? claims = null) => Steer("/test/accounts", new { id, claims });

    /// <summary>Sets what a client's own access tokens say beside the standard claims.</summary>
    public Task SetClientClaims(string client, object claims) => Steer("/test/clients", new { client_id = client, claims });

    /// <summary>Lets the pages at <paramref name="url"/> sign people in, as client <c>pages</c>.</summary>
    public Task ServePages(string url) => Steer("/test/pages", new { url });

    /// <summary>Signs with a new key from now on; <paramref name="keep"/> leaves the old ones on the key set.</summary>
    public Task RotateKeys(bool keep) => Steer($"/test/rotate?keep={(keep ? "true" : "false")}", new { });

    /// <summary>Makes discovery and key set answer (<c>ok</c>), fail (<c>fail</c>) or never answer (<c>stall</c>).</summary>
    public Task SetKeys(string answer) => Steer($"/test/keys?answer={answer}", new { });

    /// <summary>How often the key set was asked for.</summary>
    public async Task<int> KeysAsked() => (await _http.GetFromJsonAsync<JsonObject>("/test/keys"))!["asked"]!.GetValue<int>();

    /// <summary>A customer's answer on their device, as soon as something waits there (CIBA); the binding message that it showed.</summary>
    public async Task<string> AnswerOnDevice(string account, bool approve)
    {
        using var answer = await _http.PostAsJsonAsync("/test/ciba", new { account, answer = approve ? "approve" : "refuse" });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["binding_message"]!.GetValue<string>();
    }

    /// <summary>What waits on customers' devices (CIBA): <c>account</c>, <c>binding_message</c>, <c>scope</c>.</summary>
    public async Task<JsonArray> WaitingOnDevices() => (await _http.GetFromJsonAsync<JsonArray>("/test/ciba"))!;

    /// <summary>An access token of a program, by client credentials.</summary>
    public Task<string> ClientCredentials(string client, string scope) =>
        Token(("grant_type", "client_credentials"), ("client_id", client), ("scope", scope));

    /// <summary>An access token of somebody who signs in at <paramref name="client"/>, by authorization code with PKCE.</summary>
    public async Task<string> SignIn(string client, string account, string scope)
    {
        const string Verifier = "a-verifier-is-43-to-128-characters-long-says-rfc-7636";
        const string Challenge = "W_6hyTmU_DCJ5NRGEROQ-tao4nWnb2_yo3aGPHRMDM4";
        var callback = $"{Issuer}/test/callback";
        var query = string.Join('&', new[]
        {
            ("client_id", client), ("response_type", "code"), ("scope", $"openid {scope}"), ("login_hint", account),
            ("code_challenge", Challenge), ("code_challenge_method", "S256"), ("redirect_uri", callback),
        }.Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}"));

        // A browser of its own for each sign-in: the session of the one before is not this one's.
        using var browser = new HttpClient { BaseAddress = new Uri(Issuer) };
        var answer = await browser.GetFromJsonAsync<JsonObject>($"/auth?{query}");
        return await Token(
            ("grant_type", "authorization_code"), ("client_id", client), ("code", answer!["code"]!.GetValue<string>()),
            ("code_verifier", Verifier), ("redirect_uri", callback));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private async Task<string> Token(params (string Name, string Value)[] form)
    {
        var fields = form.Append(("client_secret", Secret)).Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _http.PostAsync("/token", content);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.TryGetProperty("access_token", out var token) ? token.GetString()! : throw new InvalidOperationException($"No token: {body}");
    }

    private async Task Steer(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
    }
}
