using System.Text.Json.Serialization;
using CustomerContext.Cli.Tokens;

namespace CustomerContext.Connectors.Hosting;

/// <summary>This process's access tokens for the silo, one a network, each kept until shortly before it ends: by client credentials, or made locally in development mode.</summary>
internal sealed class SiloTokens(ConnectorConfig config, HttpClient http, TimeProvider time) : IDisposable
{
    private const string Scope = "signal.write";

    private static readonly TimeSpan _before = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (string Token, DateTimeOffset Until)> _kept = [];
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>A token that is good now.</summary>
    /// <exception cref="HttpRequestException">The token endpoint did not give one.</exception>
    public async ValueTask<string> Get(NetworkOptions network, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            if (!_kept.TryGetValue(network.Network, out var known) || known.Until <= time.GetUtcNow())
            {
                _kept[network.Network] = known = config.Development ? Make(network) : await Ask(network, stop);
            }

            return known.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

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
        using var answer = await http.PostAsync(network.TokenEndpoint, form, stop);
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<TokenAnswer>(stop) ?? throw new HttpRequestException("The token endpoint answered nothing.");
        var lifetime = TimeSpan.FromSeconds(token.ExpiresIn) - _before;
        return (token.AccessToken, time.GetUtcNow() + (lifetime < _shortest ? _shortest : lifetime));
    }

    private sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
