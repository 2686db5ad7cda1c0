using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Export;

/// <summary>Ids as plain text. An export is only ever written.</summary>
internal static class TextConverter
{
    internal sealed class OfTribe() : Of<TribeId>(id => id.Value);

    internal sealed class OfAudience() : Of<Audience>(audience => audience.Value);

    internal abstract class Of<T>(Func<T, string> text) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(text(value));
    }
}

/// <summary>What one side said about a tie: when they said yes, and when they said that it is over. What was never said is left out.</summary>
internal sealed class StatementConverter : JsonConverter<Statement>
{
    public override Statement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Statement value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        WriteMoment(writer, "began", value.Began);
        WriteMoment(writer, "ended", value.Ended);
        writer.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter writer, string name, Stamp at)
    {
        if (at != default)
        {
            writer.WriteNumber(name, at.At);
        }
    }
}
