using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Domain.Export;

/// <summary>
/// What is kept of a customer as JSON, exactly as it is kept: every field of the stored values under its name in snake_case, so that nothing can be kept and not
/// be handed over. Described in docs/consent.md.
/// </summary>
public static class ExportJson
{
    /// <summary>Writes the live context.</summary>
    public static void Write(Utf8JsonWriter writer, CustomerState context) => JsonSerializer.Serialize(writer, context, ExportContext.Default.CustomerState);

    /// <summary>Writes preferences, grants and all that belongs to them.</summary>
    public static void Write(Utf8JsonWriter writer, ConsentState consent) => JsonSerializer.Serialize(writer, consent, ExportContext.Default.ConsentState);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(IdConverters.OfGrant), typeof(IdConverters.OfPurpose), typeof(IdConverters.OfSource), typeof(IdConverters.OfTenant),
        typeof(IdConverters.OfDigest), typeof(UtcConverter), typeof(FacetSetConverter), typeof(SourceScopeConverter),
    ])]
[JsonSerializable(typeof(CustomerState))]
[JsonSerializable(typeof(ConsentState))]
internal sealed partial class ExportContext : JsonSerializerContext;
