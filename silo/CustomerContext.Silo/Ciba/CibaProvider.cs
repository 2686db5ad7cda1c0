using System.Globalization;
using System.Net;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Ciba;

/// <summary>
/// One issuer's side of OpenID Connect Client-Initiated Backchannel Authentication 1.0 in poll mode: the authentication request, the token endpoint, and the check of the ID
/// token that says who agreed. Where these are is discovered once and kept as long as its keys.
/// </summary>
internal sealed class CibaProvider(CibaIssuer issuer, HttpClient http, IKeySource source, TimeProvider time)
{
    private const string GrantType = "urn:openid:params:grant-type:ciba";

    private static readonly string[] _algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    /// <summary>The issuer, as its tokens name it.</summary>
    public string Issuer => issuer.Issuer;

    /// <summary>True if the issuer can show the terms of a request (<see cref="CibaDetails"/>).</summary>
    public async Task<bool> ShowsTerms() =>
        await source.For("") is { } known && known.Configuration.AuthorizationDetailsTypesSupported.Contains(CibaDetails.Type);

    /// <summary>Asks the customer's device.</summary>
    /// <param name="loginHint">The customer, as the issuer may know them.</param>
    /// <param name="bindingMessage">What device and agent both show.</param>
    /// <param name="details">The terms that the device is to show; absent if the issuer cannot.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Absent if the issuer does not know them, or does not want to.</returns>
    /// <exception cref="HttpRequestException">The issuer did not answer.</exception>
    public async Task<CibaStart?> Start(string loginHint, string bindingMessage, string? details, CancellationToken stop)
    {
        var (status, answer) = await Post(found => found.BackchannelAuthenticationEndpoint, stop,
            ("scope", "openid"),
            ("login_hint", loginHint),
            ("binding_message", bindingMessage),
            ("requested_expiry", ((int)issuer.Expiry.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("authorization_details", details));
        return status == HttpStatusCode.OK && Text(answer, "auth_req_id") is { } id
            ? new CibaStart(id, Seconds(answer, "expires_in") ?? issuer.Expiry, Seconds(answer, "interval") ?? Limits.Ciba.Interval)
            : null;
    }

    /// <summary>Asks the issuer whether the customer has decided; <paramref name="details"/> as for <see cref="Start"/>.</summary>
    /// <exception cref="HttpRequestException">The issuer did not answer.</exception>
    public async Task<CibaAnswer> Poll(string id, string? details, CancellationToken stop)
    {
        var (status, answer) = await Post(found => found.TokenEndpoint, stop, ("grant_type", GrantType), ("auth_req_id", id), ("authorization_details", details));
        if (status == HttpStatusCode.OK)
        {
            return Text(answer, "id_token") is { } token && await SubjectOf(token) is { } subject
                ? new CibaAnswer(CibaOutcome.Approved, subject, details is not null && CibaDetails.AreIn(answer, details))
                : new CibaAnswer(CibaOutcome.Over);
        }

        return new CibaAnswer(Text(answer, "error") switch
        {
            "authorization_pending" => CibaOutcome.Pending,
            "slow_down" => CibaOutcome.SlowDown,
            "access_denied" => CibaOutcome.Refused,
            _ => status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests ? CibaOutcome.Trouble : CibaOutcome.Over,
        });
    }

    /// <summary>The <c>sub</c> of an ID token of this issuer for us, under a key of its key set; absent for any other.</summary>
    private async Task<string?> SubjectOf(string token)
    {
        var handler = new JsonWebTokenHandler { MapInboundClaims = false };
        if (!handler.CanReadToken(token) || await source.For(handler.ReadJsonWebToken(token).Kid ?? "") is not { } known)
        {
            return null;
        }

        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = issuer.ClientId,
            IssuerSigningKeys = known.Keys,
            ValidAlgorithms = _algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires > (time.GetUtcNow() - Limits.Access.Leeway).UtcDateTime,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken { Subject.Length: > 0 } jwt } ? jwt.Subject : null;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> Post(Func<OpenIdConnectConfiguration, string?> endpoint, CancellationToken stop, params (string Name, string? Value)[] fields)
    {
        (string Name, string? Value)[] ours = [("client_id", issuer.ClientId), ("client_secret", issuer.ClientSecret)];
        using var form = new FormUrlEncodedContent(fields.Concat(ours).Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
        using var response = await http.PostAsync(await Endpoint(endpoint), form, stop);
        return (response.StatusCode, Json(await response.Content.ReadAsStringAsync(stop)));
    }

    private async Task<Uri> Endpoint(Func<OpenIdConnectConfiguration, string?> of) =>
        await source.For("") is { } known && Uri.TryCreate(of(known.Configuration), UriKind.Absolute, out var endpoint) && IssuerAddress.IsSafe(endpoint)
            ? endpoint
            : throw new HttpRequestException("The issuer could not be discovered, or names no such endpoint.");

    private static JsonElement Json(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TimeSpan? Seconds(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds is > 0 and <= 3_600 ? TimeSpan.FromSeconds(seconds) : null;
}
