using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Export;

/// <summary>
/// What is kept of a customer as JSON: every field of the stored values under its name in snake_case, but for those that are somebody else's. So nothing can be kept and
/// not be handed over. Every field is described in docs/export.md.
/// </summary>
public static class ExportJson
{
    /// <summary>Fields that are kept with the customer and are another person's: who that is, what they told, and whether they answered, which would tell who is a customer.</summary>
    private static readonly FrozenSet<(Type Of, string Field)> _ofOthers =
    [
        (typeof(Merge), "customer"),
        (typeof(Counterparty), "customer"),
        (typeof(Tie), "other"),
        (typeof(Tie), "is_acknowledged"),
        (typeof(Tie), "listed_as"),
        (typeof(Network), "members"),
        (typeof(NetworkState), "contributors"),
        (typeof(NetworkState), "steps"),
        (typeof(TopicReach), "people"),
    ];

    private static readonly JsonSerializerOptions _options = new(ExportContext.Default.Options)
    {
        TypeInfoResolver = ExportContext.Default.WithAddedModifier(LeaveOutOthers),
    };

    /// <summary>How each of the values is written, for whoever checks that nothing is left out.</summary>
    public static IEnumerable<JsonTypeInfo> Schema => [Info<ConsentState>(), Info<CustomerState>(), Info<TiesState>()];

    /// <summary>How a type of the stored values is written.</summary>
    public static JsonTypeInfo SchemaOf(Type type) => _options.GetTypeInfo(type);

    /// <summary>Writes the live context.</summary>
    public static void Write(Utf8JsonWriter writer, CustomerState context) => JsonSerializer.Serialize(writer, context, Info<CustomerState>());

    /// <summary>Writes preferences, grants and all that belongs to them.</summary>
    public static void Write(Utf8JsonWriter writer, ConsentState consent) => JsonSerializer.Serialize(writer, consent, Info<ConsentState>());

    /// <summary>Writes ties, tribes, what the customer contributes to them and what they released, influence, and the last question of a tribe.</summary>
    public static void Write(Utf8JsonWriter writer, TiesState ties) => JsonSerializer.Serialize(writer, ties, Info<TiesState>());

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));

    private static void LeaveOutOthers(JsonTypeInfo info)
    {
        for (var index = info.Properties.Count - 1; index >= 0; index--)
        {
            if (_ofOthers.Contains((info.Type, info.Properties[index].Name)))
            {
                info.Properties.RemoveAt(index);
            }
        }
    }
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(IdConverters.OfGrant), typeof(IdConverters.OfPurpose), typeof(IdConverters.OfSource), typeof(IdConverters.OfTenant),
        typeof(IdConverters.OfDigest), typeof(UtcConverter), typeof(FacetSetConverter), typeof(SourceScopeConverter),
        typeof(TextConverter.OfTribe), typeof(TextConverter.OfAudience), typeof(StatementConverter),
    ])]
[JsonSerializable(typeof(CustomerState))]
[JsonSerializable(typeof(ConsentState))]
[JsonSerializable(typeof(TiesState))]
internal sealed partial class ExportContext : JsonSerializerContext;
