using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CustomerContext.Connectors.Hosting;

namespace CustomerContext.Connectors.Mastodon;

/// <summary>The calls of the documented Mastodon API that are needed, of the hosts in the operator's list and no others. What the server says about its limits is kept to.</summary>
internal sealed class MastodonApi(HttpClient http, HostPauses pauses)
{
    /// <summary>What a person is asked to allow: who they are, and what they posted.</summary>
    public const string Scopes = "read:accounts read:statuses";

    /// <summary>Posts in one answer; the most that Mastodon gives.</summary>
    public const int PageSize = 40;

    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Registers this process.</summary>
    public Task<AppAnswer> Register(NetworkOptions network, Uri redirect, CancellationToken stop) => Post<AppAnswer>(network, "/api/v1/apps", stop,
        ("client_name", "CustomerContext"), ("redirect_uris", redirect.AbsoluteUri), ("scopes", Scopes));

    /// <summary>A person's token for the code that their browser brought back.</summary>
    public Task<TokenAnswer> Redeem(NetworkOptions network, AppAnswer app, Uri redirect, string code, string verifier, CancellationToken stop) => Post<TokenAnswer>(network, "/oauth/token", stop,
        ("grant_type", "authorization_code"), ("code", code), ("client_id", app.ClientId), ("client_secret", app.ClientSecret), ("redirect_uri", redirect.AbsoluteUri), ("code_verifier", verifier), ("scope", Scopes));

    /// <summary>Gives a person's token back: it opens nothing any more.</summary>
    public Task Revoke(NetworkOptions network, AppAnswer app, string token, CancellationToken stop) =>
        Post<JsonElement>(network, "/oauth/revoke", stop, ("client_id", app.ClientId), ("client_secret", app.ClientSecret), ("token", token));

    /// <summary>Whose a token is.</summary>
    public Task<Account> Verify(NetworkOptions network, string token, CancellationToken stop) => Get<Account>(network, "/api/v1/accounts/verify_credentials", token, "", stop);

    /// <summary>An account, as everybody sees it.</summary>
    public Task<Account> Find(NetworkOptions network, string account, CancellationToken stop) => Get<Account>(network, $"/api/v1/accounts/{Uri.EscapeDataString(account)}", token: null, account, stop);

    /// <summary>Up to 40 posts of an account, newest first: the newest, or with <paramref name="before"/> those before that id, or with <paramref name="after"/> those just after that id.</summary>
    public async Task<IReadOnlyList<Status>> Statuses(NetworkOptions network, string account, string token, string? before, string? after, CancellationToken stop)
    {
        var place = before is not null ? $"&max_id={Uri.EscapeDataString(before)}" : after is not null ? $"&min_id={Uri.EscapeDataString(after)}" : "";
        var all = await Get<IReadOnlyList<Status?>>(network, $"/api/v1/accounts/{Uri.EscapeDataString(account)}/statuses?limit={PageSize}&exclude_reblogs=true{place}", token, account, stop);
        return [.. all.Select(status => status ?? throw new MastodonException(HttpStatusCode.OK))];
    }

    private Task<T> Get<T>(NetworkOptions network, string path, string? token, string account, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(network.HostUri, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return Send<T>(network, request, account, stop);
    }

    private Task<T> Post<T>(NetworkOptions network, string path, CancellationToken stop, params (string Name, string Value)[] form) =>
        Send<T>(network, new HttpRequestMessage(HttpMethod.Post, new Uri(network.HostUri, path)) { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) }, account: "", stop);

    private async Task<T> Send<T>(NetworkOptions network, HttpRequestMessage request, string account, CancellationToken stop)
    {
        using (request)
        {
            pauses.Check(network.HostUri, account);
            using var answer = await Answer(network, request, stop);
            pauses.Note(network.HostUri, account, answer);
            if (!answer.IsSuccessStatusCode)
            {
                throw new MastodonException(answer.StatusCode);
            }

            try
            {
                return await answer.Content.ReadFromJsonAsync<T>(_json, stop) ?? throw new MastodonException(answer.StatusCode);
            }
            catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
            {
                throw new MastodonException(answer.StatusCode);
            }
        }
    }

    private async Task<HttpResponseMessage> Answer(NetworkOptions network, HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            return await http.SendAsync(request, stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested && error is HttpRequestException or TaskCanceledException)
        {
            pauses.Fail(network.HostUri);
            throw new MastodonException(HttpStatusCode.ServiceUnavailable);
        }
    }
}

/// <summary>The server did not do what was asked.</summary>
internal sealed class MastodonException(HttpStatusCode status) : Exception($"The server answered {(int)status}.")
{
    /// <summary>What it answered; 503 if nothing, 200 if something else than was asked for.</summary>
    public HttpStatusCode Status => status;
}
