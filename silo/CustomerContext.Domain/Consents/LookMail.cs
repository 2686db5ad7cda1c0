using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>How a customer hears by e-mail that somebody looked. The numbers are those of the public contract.</summary>
public enum LookMailKind
{
    /// <summary>Once a day, of all looks of the day before.</summary>
    Daily = 2,
}

/// <summary>That a customer wants mail about looks, and where it goes.</summary>
/// <param name="Kind">How often.</param>
/// <param name="Address">The address that they proved by their sign-in, encrypted with a key of the deployment. Personal data.</param>
/// <param name="Language">The language of the mail: en, de or fr.</param>
/// <param name="Since">Looks until then are not told.</param>
[GenerateSerializer, Immutable, Alias("LookMail")]
public sealed record LookMail(
    [property: Id(0)] LookMailKind Kind, [property: Id(1)] ImmutableArray<byte> Address, [property: Id(2)] string Language, [property: Id(3)] DateTimeOffset Since);

/// <summary>What a customer was told by mail.</summary>
/// <param name="Sequence">Of the newest look that they were told of.</param>
/// <param name="Day">The day (UTC) of the latest mail.</param>
[GenerateSerializer, Immutable, Alias("LookMailTold")]
public sealed record LookMailTold([property: Id(0)] long Sequence, [property: Id(1)] DateOnly Day);

/// <summary>A look, as mail tells it: never what was seen.</summary>
/// <param name="Sequence">Of its record.</param>
/// <param name="Company">Who looked.</param>
/// <param name="Purpose">What for.</param>
/// <param name="At">When.</param>
/// <param name="IsByAi">True if a program that reasons by itself looked.</param>
public sealed record LookLine(long Sequence, TenantId Company, Purpose Purpose, DateTimeOffset At, bool IsByAi)
{
    /// <summary>What is told of an entry; absent if it is no look of a company's: a watch counts when it is opened.</summary>
    public static LookLine? Of(long sequence, DisclosureRecord record) =>
        record is { Kind: DisclosureKind.LookUp or DisclosureKind.WatchOpened or DisclosureKind.History, Tenant: { } tenant, Purpose: { } purpose }
            ? new LookLine(sequence, tenant, purpose, record.At, record.Ai is not null)
            : null;
}

/// <summary>One mail.</summary>
/// <param name="Lines">The looks that it names, oldest first, at most <see cref="Limits.LookMails.Lines"/>.</param>
/// <param name="More">How many more there were.</param>
/// <param name="Told">What the customer has been told once it is sent.</param>
public sealed record LookMailing(ImmutableArray<LookLine> Lines, int More, LookMailTold Told);

/// <summary>Which mail is due. The record of looks is what waits to be told, so nothing is lost; a mail is known by the newest look in it, so a repeat on the same day has the same id.</summary>
public static class LookMailRules
{
    /// <summary>The next mail; absent if none is due: one about all looks of the days before. So nobody's inbox is filled by a company that looks often.</summary>
    /// <param name="untold">The looks of which the customer was not told, oldest first.</param>
    /// <param name="now">When.</param>
    public static LookMailing? Next(IReadOnlyList<LookLine> untold, DateTimeOffset now)
    {
        var today = DayOf(now);
        var before = untold.Where(look => DayOf(look.At) < today).ToArray();
        return before.Length == 0 ? null : new LookMailing(
            [.. before.Take(Limits.LookMails.Lines)], Math.Max(0, before.Length - Limits.LookMails.Lines), new LookMailTold(before[^1].Sequence, today));
    }

    /// <summary>When the mail of a day (UTC) goes: in the hours after its midnight, at another moment for each customer.</summary>
    public static DateTimeOffset NightOf(DateTimeOffset day, CustomerKey customer) =>
        new DateTimeOffset(day.UtcDateTime.Date, TimeSpan.Zero) + (Limits.LookMails.Spread * (Convert.ToByte(customer.Value[..2], 16) / 256.0));

    /// <summary>When the next mail is due: in the night of today, even if that has passed, or in the next one if today's mail went.</summary>
    public static DateTimeOffset DueAt(LookMailTold? told, CustomerKey customer, DateTimeOffset now) => NightOf(told?.Day == DayOf(now) ? now.AddDays(1) : now, customer);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
