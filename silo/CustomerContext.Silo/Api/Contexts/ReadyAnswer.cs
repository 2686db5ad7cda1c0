using System.Runtime.CompilerServices;
using System.Text;
using CustomerContext.Domain.Briefs;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Wording;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Consents;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>The answer to one look as the bytes of its message (<see cref="V1.GetContextResponse"/>).</summary>
/// <param name="Encoded">The answer; others may be given the same, but for the record.</param>
/// <param name="Record">The record of this look.</param>
internal sealed record ReadyAnswer(EncodedAnswer Encoded, Digest Record)
{
    /// <summary>The message.</summary>
    public V1.GetContextResponse ToMessage()
    {
        var message = V1.GetContextResponse.Parser.ParseFrom(Encoded.Bytes);
        message.DisclosureId = DisclosureTranslator.IdOf(Record);
        return message;
    }

    /// <summary>Writes the message.</summary>
    public void WriteTo(SerializationContext context)
    {
        context.SetPayloadLength(Encoded.Bytes.Length);
        var writer = context.GetBufferWriter();
        var bytes = writer.GetSpan(Encoded.Bytes.Length);
        Encoded.Bytes.CopyTo(bytes);
        DisclosureTranslator.WriteId(Record, bytes[Encoded.RecordAt..]);
        writer.Advance(Encoded.Bytes.Length);
        context.Complete();
    }
}

/// <summary>An answer as bytes.</summary>
/// <param name="Bytes">The whole message, with the id of the first look's record.</param>
/// <param name="RecordAt">Where that id stands.</param>
/// <param name="IsWhole">True if nothing is withheld.</param>
internal sealed record EncodedAnswer(byte[] Bytes, int RecordAt, bool IsWhole);

/// <summary>
/// Answers as bytes. The customer's grain gives the same answer again while nothing changes, so its bytes are made once for each language and kept beside it.
/// </summary>
internal sealed class ReadyAnswers(AnswerTranslator answers)
{
    private static readonly int _languages = Enum.GetValues<Language>().Length;

    // A brief is made anew with each answer and stays with it, whatever record the answer gets.
    private readonly ConditionalWeakTable<Brief, EncodedAnswer?[]> _known = [];

    /// <summary>The answer to <paramref name="read"/>.</summary>
    public ReadyAnswer Of(CheckedRead read, LookAnswer answer)
    {
        var languages = _known.GetValue(answer.Brief, _ => new EncodedAnswer?[_languages]);
        return new ReadyAnswer(languages[(int)read.Language] ??= Encode(read, answer), answer.Record);
    }

    private EncodedAnswer Encode(CheckedRead read, LookAnswer answer)
    {
        var message = answers.ToProto(read, answer);
        var bytes = message.ToByteArray();

        // A hash that nobody could know when the rest was made, so it stands nowhere else.
        return new EncodedAnswer(bytes, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(message.DisclosureId)), message.Withheld.Count == 0);
    }
}
