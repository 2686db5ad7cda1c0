using System.Text.Json;
using CustomerContext.Domain.Common;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Http;

/// <summary>Messages of the contract from their standard JSON form (<c>protobuf.dev/programming-guides/json</c>). Names that the message does not have are refused.</summary>
internal static class ProtoJson
{
    private static readonly JsonParser _parser = new(new JsonParser.Settings(Domain.Limits.Doors.JsonDepth));

    /// <summary>The message; a refusal names the first field that is wrong, from <paramref name="path"/> on.</summary>
    public static Outcome<IMessage> Read(JsonElement json, MessageDescriptor type, string path)
    {
        if (json.ValueKind == JsonValueKind.Object && TryParse(json.GetRawText(), type) is { } message)
        {
            return Outcome<IMessage>.Ok(message);
        }

        var wrong = json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().FirstOrDefault(one => IsWrong(one, type)) : default;
        return new Refusal(
            RefusalReason.InvalidArgument,
            wrong.Value.ValueKind != JsonValueKind.Undefined && FieldOf(wrong.Name, type) is { } field ? $"{path}.{field.Name}" : path,
            $"must be the JSON form of a {type.Name}, with no other fields");
    }

    /// <summary>An instant of RFC 3339; absent if the text is none.</summary>
    public static Timestamp? Time(string text) =>
        TryParse(JsonSerializer.Serialize(text), Timestamp.Descriptor) as Timestamp;

    private static bool IsWrong(JsonProperty one, MessageDescriptor type) =>
        TryParse($"{{{JsonSerializer.Serialize(one.Name)}:{one.Value.GetRawText()}}}", type) is null;

    private static FieldDescriptor? FieldOf(string name, MessageDescriptor type) =>
        type.Fields.InDeclarationOrder().FirstOrDefault(field => field.Name == name || field.JsonName == name);

    private static IMessage? TryParse(string json, MessageDescriptor type)
    {
        try
        {
            return _parser.Parse(json, type);
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException)
        {
            return null;
        }
    }
}
