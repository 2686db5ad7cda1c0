using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;

namespace CustomerContext.Domain.Consents;

/// <summary>
/// One sequence of bytes for one value: fields in the order of their declaration, nothing absent written, instants in UTC, sets sorted. What is
/// hashed into a chain is this, so
/// a change here breaks every chain's readability; pinned by tests.
/// </summary>
internal static class CanonicalJson
{
    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), ConsentJson.Default);

    public static T Read<T>(ReadOnlySpan<byte> bytes) =>
        (T)(JsonSerializer.Deserialize(bytes, typeof(T), ConsentJson.Default) ?? throw new JsonException("An empty record."));

    public static bool AreSame<T>(T one, T other) => Bytes(one).AsSpan().SequenceEqual(Bytes(other));

    /// <summary>16 bytes of SHA-256 over type and value, in hexadecimal.</summary>
    public static string Hash<T>(T value)
    {
        byte[] typed = [.. JsonSerializer.SerializeToUtf8Bytes(typeof(T).Name, ConsentJson.Default.String), .. Bytes(value)];
        return Convert.ToHexStringLower(SHA256.HashData(typed).AsSpan(0, 16));
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(IdConverters.OfGrant), typeof(IdConverters.OfPurpose), typeof(IdConverters.OfSource), typeof(IdConverters.OfTenant),
        typeof(UtcConverter), typeof(FacetSetConverter), typeof(SourceScopeConverter),
    ])]
[JsonSerializable(typeof(DisclosureRecord))]
[JsonSerializable(typeof(Preferences))]
[JsonSerializable(typeof(Grant))]
[JsonSerializable(typeof(SetPreferences))]
[JsonSerializable(typeof(CreateGrant))]
[JsonSerializable(typeof(UpdateGrant))]
[JsonSerializable(typeof(RevokeGrant))]
[JsonSerializable(typeof(PauseAll))]
[JsonSerializable(typeof(CreateSharingCode))]
[JsonSerializable(typeof(RedeemSharingCode))]
[JsonSerializable(typeof(DecideConsent))]
[JsonSerializable(typeof(SetConversation))]
[JsonSerializable(typeof(ConnectNetwork))]
[JsonSerializable(typeof(DisconnectNetwork))]
[JsonSerializable(typeof(Enrol))]
[JsonSerializable(typeof(GrantTerms))]
[JsonSerializable(typeof(LinkIdentifier))]
[JsonSerializable(typeof(UnlinkIdentifier))]
[JsonSerializable(typeof(string))]
internal sealed partial class ConsentJson : JsonSerializerContext;
