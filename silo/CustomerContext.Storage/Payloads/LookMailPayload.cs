using CustomerContext.Domain.Consents;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>That a customer wants mail about looks, and of which they had some.</summary>
internal static class LookMailPayload
{
    public static Stored.LookMail? ToMessage(LookMail? mail) => mail is null ? null : new Stored.LookMail
    {
        Kind = (int)mail.Kind,
        Address = ByteString.CopyFrom(mail.Address.AsSpan()),
        Language = mail.Language,
        SinceTicks = Ticks.Of(mail.Since),
    };

    public static LookMail? FromMessage(Stored.LookMail? stored) =>
        stored is null ? null : new LookMail((LookMailKind)stored.Kind, [.. stored.Address], stored.Language, Ticks.Instant(stored.SinceTicks));

    public static Stored.LookMailTold? ToMessage(LookMailTold? told) =>
        told is null ? null : new Stored.LookMailTold { Sequence = told.Sequence, Day = told.Day.DayNumber };

    public static LookMailTold? FromMessage(Stored.LookMailTold? stored) =>
        stored is null ? null : new LookMailTold(stored.Sequence, DateOnly.FromDayNumber(stored.Day));
}
