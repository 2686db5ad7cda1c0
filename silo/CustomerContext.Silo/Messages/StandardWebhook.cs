using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;

namespace CustomerContext.Silo.Messages;

/// <summary>
/// A call as Standard Webhooks has it: a POST of JSON with the headers webhook-id, webhook-timestamp and webhook-signature, which is HMAC-SHA-256 over id, time and body. While a secret is
/// being replaced there are two signatures.
/// </summary>
internal static class StandardWebhook
{
    /// <summary>The call.</summary>
    /// <param name="address">Whom to call.</param>
    /// <param name="secrets">What it is signed with.</param>
    /// <param name="id">Its id, the same in each try.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="now">The time of this try.</param>
    public static HttpRequestMessage Request(Uri address, IEnumerable<byte[]> secrets, string id, string body, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{id}.{seconds}.{body}");
        var signatures = secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}");
        return new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue(MediaTypeNames.Application.Json, "utf-8")),
            Headers = { { "webhook-id", id }, { "webhook-timestamp", seconds }, { "webhook-signature", string.Join(' ', signatures) } },
        };
    }
}
