using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

internal sealed class UtcConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}

internal sealed class FacetSetConverter : JsonConverter<FacetSet>
{
    public override FacetSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var facets = FacetSet.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            facets = facets.Union(FacetSet.Of(Enum.Parse<Facet>(reader.GetString()!)));
        }

        return facets;
    }

    public override void Write(Utf8JsonWriter writer, FacetSet value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var facet in value.Each())
        {
            writer.WriteStringValue(facet.ToString());
        }

        writer.WriteEndArray();
    }
}

/// <summary>A scope as one list: sources, and tenants as <c>tenant/*</c>.</summary>
internal sealed class SourceScopeConverter : JsonConverter<SourceScope>
{
    private const string AllOf = "/*";

    public override SourceScope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var names = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            names.Add(reader.GetString()!);
        }

        return SourceScope.Of(
            names.Where(IsTenant).Select(name => new TenantId(name[..^AllOf.Length])), names.Where(name => !IsTenant(name)).Select(name => new SourceId(name)));
    }

    public override void Write(Utf8JsonWriter writer, SourceScope value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var tenant in value.Tenants)
        {
            writer.WriteStringValue(tenant.Value + AllOf);
        }

        foreach (var source in value.Sources)
        {
            writer.WriteStringValue(source.Value);
        }

        writer.WriteEndArray();
    }

    private static bool IsTenant(string name) => name.EndsWith(AllOf, StringComparison.Ordinal);
}

internal static class IdConverters
{
    internal sealed class OfDigest() : Of<Digest>(text => Digest.Read(Convert.FromHexString(text)), digest => digest.ToString());

    internal sealed class OfGrant() : Of<GrantId>(text => new GrantId(text), id => id.Value);

    internal sealed class OfPurpose() : Of<Purpose>(text => new Purpose(text), id => id.Value);

    internal sealed class OfSource() : Of<SourceId>(text => new SourceId(text), id => id.Value);

    internal sealed class OfTenant() : Of<TenantId>(text => new TenantId(text), id => id.Value);

    internal abstract class Of<T>(Func<string, T> make, Func<T, string> text) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => make(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(text(value));
    }
}
