using System.Collections;
using System.Text.Json.Serialization.Metadata;
using CustomerContext.Domain.Export;
using CustomerContext.Testing;

namespace CustomerContext.Domain.Tests.Export;

/// <summary>The export's schema is the one that the docs describe.</summary>
public sealed class ExportSchemaTests
{
    [Fact]
    public void Schema_EveryField_IsInTheDocs()
    {
        var docs = File.ReadAllText(Path.Combine(Repository.Root, "docs/export.md"));
        var fields = ExportJson.Schema.SelectMany(root => Fields(root, [])).ToArray();

        Assert.True(fields.Length > 100);
        Assert.Empty(fields.Where(field => !docs.Contains($"| `{field}` |", StringComparison.Ordinal)).Distinct());
    }

    /// <summary>The fields of a type and of all that it holds, as <c>Type.field</c>.</summary>
    private static IEnumerable<string> Fields(JsonTypeInfo info, HashSet<Type> seen)
    {
        if (!seen.Add(info.Type) || info.Kind != JsonTypeInfoKind.Object)
        {
            yield break;
        }

        // What is worked out from the rest has no setter and is not written.
        foreach (var property in info.Properties.Where(property => property.Set is not null))
        {
            yield return $"{info.Type.Name}.{property.Name}";
            foreach (var inner in Fields(ExportJson.SchemaOf(Inner(property.PropertyType)), seen))
            {
                yield return inner;
            }
        }
    }

    private static Type Inner(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? value
        : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? Inner(type.GetGenericArguments()[0])
        : type;
}
