using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Api.Http;

/// <summary>The body of a request at an HTTP door: JSON in UTF-8, of which every text can be read without a failure later on.</summary>
internal static class JsonBody
{
    private static readonly Refusal _noJson = new(
        RefusalReason.InvalidArgument, "body", $"must be JSON in UTF-8, at most {Limits.Doors.JsonDepth} deep, with no name twice in one object");

    private static readonly JsonReaderOptions _reading = new() { MaxDepth = Limits.Doors.JsonDepth };
    private static readonly JsonDocumentOptions _parsing = new() { MaxDepth = Limits.Doors.JsonDepth, AllowDuplicateProperties = false };

    /// <summary>Reads the whole body; what holds it is the caller's to dispose of.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than the door takes, or it broke off.</exception>
    public static async Task<Outcome<JsonDocument>> Read(HttpRequest request, CancellationToken left)
    {
        var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, left);
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            // Nothing but the caller's connection is read here.
            throw new OperationCanceledException("The caller has left.", error);
        }

        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        try
        {
            CheckTexts(bytes.Span);
            return JsonDocument.Parse(bytes, _parsing);
        }
        catch (JsonException)
        {
            return _noJson;
        }
    }

    /// <summary>Bytes that are no UTF-8, and escapes of half a character, pass the parser and fail whoever reads the text: here they are no JSON.</summary>
    private static void CheckTexts(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw new JsonException();
        }

        var reader = new Utf8JsonReader(bytes, _reading);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true })
            {
                CheckEscapes(ref reader);
            }
        }
    }

    private static void CheckEscapes(ref Utf8JsonReader reader)
    {
        var room = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            reader.CopyString(room);
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("An escape is half a character.", error);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(room);
        }
    }
}
