using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerContext.Client;
using CustomerContext.Connectors.Hosting;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Connectors.Pull;
using CustomerContext.Connectors.State;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerContext.Connectors.Connect;

/// <summary>
/// Where a person shows that an account is theirs: from the silo's pages with a ticket to the network's server (OAuth 2.0, authorization code with PKCE), and back to the pages with the silo's proof. What belongs to one
/// way there and back is in a cookie of their browser, encrypted.
/// </summary>
internal sealed class ConnectDoor(ConnectorConfig config, MastodonApi api, StateFile state, SiloClients silos, IDataProtectionProvider protection, PullLog log, TimeProvider time) : IDisposable
{
    private const string Cookie = "__Host-connect";
    private const string NoAccount = "-";
    private const int LongestTicket = 1_024;

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _registering = new(1);
    private readonly ITimeLimitedDataProtector _ways = protection.CreateProtector("ways").ToTimeLimitedDataProtector();

    /// <summary>Begins: <c>/connect/NETWORK?ticket=TICKET</c>.</summary>
    public async Task<IResult> Begin(HttpContext http, string network, string? ticket)
    {
        if (config.Find(network) is not { } options || ticket is not { Length: > 0 and <= LongestTicket })
        {
            return Results.NotFound();
        }

        try
        {
            // Whoever has no ticket of the silo's spends nothing of what the network's server allows. The proof that would come of it names no account, and goes nowhere.
            await silos.Of(options).Identity.ProveAccountAsync(ticket, NoAccount, http.RequestAborted);
            var app = await App(options, http.RequestAborted);
            var way = new Way(network, ticket, Random(), Random());
            http.Response.Cookies.Append(Cookie, _ways.Protect(JsonSerializer.Serialize(way), _longest), new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = _longest });
            return Results.Redirect(QueryHelpers.AddQueryString(new Uri(options.HostUri, "/oauth/authorize").AbsoluteUri, new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = app.ClientId,
                ["redirect_uri"] = silos.Back(options).AbsoluteUri,
                ["scope"] = MastodonApi.Scopes,
                ["state"] = way.State,
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(way.Verifier))),
                ["code_challenge_method"] = "S256",

                // Whoever sits at the browser says who they are, whoever is signed in there.
                ["force_login"] = "true",
            }));
        }
        catch (Exception error) when (IsExpected(error))
        {
            return NotConnected(options, error);
        }
    }

    /// <summary>Comes back from the server: <c>/connected/NETWORK?code=CODE&amp;state=STATE</c>.</summary>
    public async Task<IResult> Back(HttpContext http, string network, string? code, string? state)
    {
        if (config.Find(network) is not { } options)
        {
            return Results.NotFound();
        }

        var way = Read(http.Request.Cookies[Cookie]);
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Secure = true, Path = "/" });
        if (way is null || way.Network != network || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(way.State), Encoding.UTF8.GetBytes(state ?? "")))
        {
            return NotConnected(options, "over", "another browser, or too late");
        }

        return code is { Length: > 0 } ? await Prove(options, way, code, http.RequestAborted) : NotConnected(options, "no", "they said no");
    }

    /// <inheritdoc/>
    public void Dispose() => _registering.Dispose();

    private async Task<IResult> Prove(NetworkOptions network, Way way, string code, CancellationToken stop)
    {
        string? token = null;
        var isKept = false;
        try
        {
            var app = await App(network, stop);
            token = (await api.Redeem(network, app, silos.Back(network), code, way.Verifier, stop)).AccessToken;
            var account = await api.Verify(network, token, stop);
            var proof = await silos.Of(network).Identity.ProveAccountAsync(way.Ticket, account.Id, stop);
            state.AddAccount(network.Network, account.Id, token, time.GetUtcNow());
            isKept = true;
            return ToPages(network, "proof", proof);
        }
        catch (Exception error) when (IsExpected(error))
        {
            return NotConnected(network, error);
        }
        finally
        {
            if (token is not null && !isKept)
            {
                state.AddOldToken(network.Network, token);
            }
        }
    }

    private static bool IsExpected(Exception error) => error is MastodonException or CustomerContextException or HttpRequestException;

    private IResult NotConnected(NetworkOptions network, Exception error) => error switch
    {
        MastodonException => NotConnected(network, "host", error.Message),
        CodeNotAcceptedException => NotConnected(network, "over", "the ticket was not accepted"),
        _ => NotConnected(network, "silo", error.GetType().Name),
    };

    private async Task<AppAnswer> App(NetworkOptions network, CancellationToken stop)
    {
        // One at a time: who began with one registration could not come back with another.
        await _registering.WaitAsync(stop);
        try
        {
            var back = silos.Back(network);
            if (state.App(network.Network, network.HostUri, back) is { } known)
            {
                return known;
            }

            var app = await api.Register(network, back, stop);
            state.SetApp(network.Network, network.HostUri, back, app);
            return app;
        }
        finally
        {
            _registering.Release();
        }
    }

    private Way? Read(string? cookie)
    {
        try
        {
            return cookie is null ? null : JsonSerializer.Deserialize<Way>(_ways.Unprotect(cookie));
        }
        catch (Exception error) when (error is CryptographicException or JsonException)
        {
            // Too old, or not of this process: the person is told to begin anew.
            return null;
        }
    }

    private IResult NotConnected(NetworkOptions network, string why, string reason)
    {
        log.NotConnected(network.Network, reason);
        return ToPages(network, "failed", why);
    }

    private IResult ToPages(NetworkOptions network, string name, string value) => Results.Redirect(
        QueryHelpers.AddQueryString(new Uri(config.Pages, "/me/connect").AbsoluteUri, new Dictionary<string, string?> { ["network"] = network.Network, [name] = value }));

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>One way there and back.</summary>
    private sealed record Way(string Network, string Ticket, string State, string Verifier);
}
