using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CustomerContext.Web.Embedding;

/// <summary>What a desktop says of a call, signed by its server: the page in the browser can neither invent a call nor change whom it is about.</summary>
/// <param name="Interaction">The desktop's id of the call, 1 to 64 characters; hard to guess.</param>
/// <param name="Find">The customer: an e-mail address, a phone number with + and country code, or the company's own id.</param>
/// <param name="Purpose">What for: a purpose that agents may choose (<c>Agent.IndexModel.Purposes</c>). Empty: service.support.</param>
/// <param name="Expires">Until when it may begin the call, in unix seconds: a few minutes.</param>
internal sealed record SignedCall(string Interaction, string Find, string Purpose, long Expires)
{
    private const int InteractionCharacters = 64;

    private static readonly JsonSerializerOptions _names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>BASE64URL(json).BASE64URL(HMAC-SHA256(secret, BASE64URL(json))).</summary>
    public string Sign(byte[] key)
    {
        var content = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, _names));
        return $"{content}.{Signature(content, key)}";
    }

    /// <summary>The call, if the signature is right and its time is not up. Absent: it is not.</summary>
    public static SignedCall? Read(string? text, byte[] key, DateTimeOffset now)
    {
        if (text?.Split('.') is not [var content, var signature] || !Same(signature, Signature(content, key)))
        {
            return null;
        }

        var call = JsonSerializer.Deserialize<SignedCall>(Base64Url.DecodeFromChars(content), _names);
        return call is { Interaction.Length: > 0 and <= InteractionCharacters, Find.Length: > 0 } && now.ToUnixTimeSeconds() < call.Expires ? call : null;
    }

    private static string Signature(string content, byte[] key) => Base64Url.EncodeToString(HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes(content)));

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(one), System.Text.Encoding.UTF8.GetBytes(other));
}
