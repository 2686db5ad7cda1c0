using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerContext.Domain.Consents.Receipts;

/// <summary>The JSON of what is signed: snake_case, UTC, nothing absent written.</summary>
public static class ReceiptBytes
{
    /// <summary>The bytes of one of the records of this folder.</summary>
    public static byte[] Of<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, typeof(T), ReceiptJson.Default);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcConverter)])]
[JsonSerializable(typeof(ConsentReceipt))]
[JsonSerializable(typeof(ErasureReceipt))]
[JsonSerializable(typeof(CheckpointContent))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
