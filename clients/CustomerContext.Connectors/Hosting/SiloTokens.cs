using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerContext.Cli.Tokens;

namespace CustomerContext.Connectors.Hosting;

/// <summary>This process's access tokens for the silo, one a network, each kept until shortly before it ends: by client credentials, or made locally in development mode.</summary>
internal sealed class SiloTokens(ConnectorConfig config, HttpClient http, TimeProvider time)
{
    private const string Scope = "signal.write";

    private static readonly JsonSerializerOptions _json = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
    private static readonly TimeSpan _before = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _kept = new();

    /// <summary>A token that is good now.</summary>
    /// <exception cref="HttpRequestException">The token endpoint did not give one.</exception>
    public async ValueTask<string> Get(NetworkOptions network, CancellationToken stop)
    {
        if (!_kept.TryGetValue(network.Network, out var known) || known.Until <= time.GetUtcNow())
        {
            // Two that come at once each get one: nobody waits for another's call.
            _kept[network.Network] = known = config.Development ? Make(network) : await Ask(network, stop);
        }

        return known.Token;
    }

    private (string Token, DateTimeOffset Until) Make(NetworkOptions network)
    {
        using var tokens = DevelopmentTokens.Load(config.SiloDataFolder, time);
        return (tokens.Issue(new TokenHolder.Program(network.Network, "connector"), [Scope], DevelopmentTokens.DefaultLifetime), time.GetUtcNow() + DevelopmentTokens.DefaultLifetime - _before);
    }

    private async Task<(string Token, DateTimeOffset Until)> Ask(NetworkOptions network, CancellationToken stop)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = Scope,
            ["client_id"] = network.ClientId,
            ["client_secret"] = network.ClientSecret,
        });
        try
        {
            using var answer = await http.PostAsync(network.TokenEndpoint, form, stop);
            answer.EnsureSuccessStatusCode();
            var token = await answer.Content.ReadFromJsonAsync<TokenAnswer>(_json, stop) ?? throw new HttpRequestException("The token endpoint answered nothing.");
            var lifetime = TimeSpan.FromSeconds(token.ExpiresIn) - _before;
            return (token.AccessToken, time.GetUtcNow() + (lifetime < _shortest ? _shortest : lifetime));
        }
        catch (Exception error) when (!stop.IsCancellationRequested && error is OperationCanceledException or JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new HttpRequestException("The token endpoint did not answer as it should.", error);
        }
    }

    private sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
