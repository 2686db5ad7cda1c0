using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Http.Contract;

/// <summary>JSON schemas of messages in their standard JSON form; each message and enum has one of its own, to which the others refer.</summary>
internal sealed class OpenApiSchemas
{
    private const string StatusName = "google.rpc.Status";

    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);

    /// <summary>All that were asked for, by name.</summary>
    public JsonObject All() => new(_schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value)));

    /// <summary>Leads to the schema of a message.</summary>
    public JsonObject Of(MessageDescriptor type)
    {
        var name = NameOf(type);
        if (!_schemas.ContainsKey(name))
        {
            // Known before its fields are, which may lead back to it.
            var schema = _schemas[name] = new JsonObject { ["type"] = "object", ["description"] = DescriptionOf(type) };
            schema["properties"] = new JsonObject(type.Fields.InDeclarationOrder().Select(field => KeyValuePair.Create(field.JsonName, (JsonNode?)Described(field))));
        }

        return Reference(name);
    }

    /// <summary>Leads to the schema of an error.</summary>
    public JsonObject Status()
    {
        _schemas[StatusName] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Why a call was refused.",
            ["properties"] = new JsonObject
            {
                ["code"] = new JsonObject { ["type"] = "integer", ["format"] = "int32", ["description"] = "The gRPC status code." },
                ["message"] = new JsonObject { ["type"] = "string", ["description"] = "In words, for who writes the program." },
                ["details"] = new JsonObject
                {
                    ["type"] = "array",
                    ["description"] = "google.rpc.ErrorInfo, whose reason is one of ErrorReason; with it BadRequest or RetryInfo.",
                    ["items"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
                    },
                },
            },
        };
        return Reference(StatusName);
    }

    /// <summary>The schema of a field's values.</summary>
    public JsonObject TypeOf(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = One(field.MessageType.FindFieldByName("value")) };
        }

        return field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = One(field) } : One(field);
    }

    private JsonObject Described(FieldDescriptor field)
    {
        var schema = TypeOf(field);
        schema["description"] = Comments.Of(field.Declaration);
        return schema;
    }

    private JsonObject One(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => MessageOf(field.MessageType),
        FieldType.Enum => EnumOf(field.EnumType),
        FieldType.Bool => Plain("boolean"),
        FieldType.String => Plain("string"),
        FieldType.Bytes => Plain("string", "byte"),
        FieldType.Double => Plain("number", "double"),
        FieldType.Float => Plain("number", "float"),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Plain("string", "int64"),
        FieldType.UInt64 or FieldType.Fixed64 => Plain("string", "uint64"),
        _ => Plain("integer", "int32"),
    };

    private JsonObject MessageOf(MessageDescriptor type)
    {
        // By name: the descriptors here are not the generated ones.
        var name = type.FullName;
        return name == Timestamp.Descriptor.FullName ? Plain("string", "date-time")
            : name == Duration.Descriptor.FullName ? new JsonObject { ["type"] = "string", ["pattern"] = @"^-?\d+(\.\d{1,9})?s$" }
            : name == FieldMask.Descriptor.FullName ? Plain("string")
            : Of(type);
    }

    private JsonObject EnumOf(EnumDescriptor type)
    {
        var name = NameOf(type);
        _schemas[name] = new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. type.Values.Select(value => JsonValue.Create(value.Name))]),
            ["description"] = string.Join('\n', type.Values.Select(value => $"- {value.Name}: {Comments.Of(value.Declaration)}").Prepend(Comments.Of(type.Declaration))),
        };
        return Reference(name);
    }

    /// <summary>The message's own comment, and of which of its fields only one can be set.</summary>
    private static string DescriptionOf(MessageDescriptor type) => string.Join(
        ' ',
        type.Oneofs.Where(choice => !choice.IsSynthetic)
            .Select(choice => $"At most one of {string.Join(", ", choice.Fields.Select(field => field.JsonName))}.")
            .Prepend(Comments.Of(type.Declaration)));

    private static string NameOf(DescriptorBase type) => type.FullName[(type.File.Package.Length + 1)..];

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Plain(string type, string? format = null) => format is null ? new() { ["type"] = type } : new() { ["type"] = type, ["format"] = format };
}
