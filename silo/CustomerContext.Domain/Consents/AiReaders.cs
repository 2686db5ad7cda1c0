using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>A box of its own in a grant, off unless the customer ticks it: programs that reason by themselves (AI readers) may read what the grant opens.</summary>
/// <param name="ReadsPerDay">Most reads of all of them in a day (UTC), 1 to <see cref="Limits.Consents.MostAiReads"/>.</param>
/// <param name="Until">First instant at which they may not read any more, never after the grant's end; absent in terms: as long as the grant.</param>
[GenerateSerializer, Immutable, Alias("AiReaders")]
public sealed record AiReaders([property: Id(0)] int ReadsPerDay, [property: Id(1)] DateTimeOffset? Until);

/// <summary>How often AI readers read under a grant on the last day on which one did.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Count">Reads, at least 1.</param>
[GenerateSerializer, Immutable, Alias("AiReads")]
public sealed record AiReads([property: Id(0)] DateOnly Day, [property: Id(1)] int Count);

/// <summary>Which AI reader reads.</summary>
/// <param name="Client">The program's client id, as its tenant lists it.</param>
/// <param name="OnBehalfOf">A stable pseudonym of the person or program for whom it acts; absent if its token names none.</param>
[GenerateSerializer, Immutable, Alias("AiReader")]
public sealed record AiReader([property: Id(0)] string Client, [property: Id(1)] string? OnBehalfOf);

/// <summary>What a grant allows AI readers.</summary>
public static class AiReaderRules
{
    /// <summary>The first rule that a box breaks which is to be ticked in a grant that begins at <paramref name="from"/>; absent if none, or if it is not ticked. An end after the grant's is none: <see cref="Within"/>.</summary>
    public static Refusal? Check(AiReaders? box, DateTimeOffset from) => box switch
    {
        null => null,
        { ReadsPerDay: < 1 or > Limits.Consents.MostAiReads } => Invalid("daily_read_count", $"1 to {Limits.Consents.MostAiReads}"),
        { Until: { } end } when end <= from => Invalid("until_time", "in the future and after from_time"),
        _ => null,
    };

    /// <summary>The box as a grant keeps it that ends at <paramref name="until"/>: with an end of its own, which a longer grant does not move.</summary>
    public static AiReaders? Within(AiReaders? box, DateTimeOffset until) =>
        box is null ? null : box with { Until = box.Until is { } end && end < until ? end : until };

    /// <summary>Terms that were laid down earlier, as they are given at <paramref name="now"/>: a box that has ended meanwhile is not ticked, and keeps nobody from giving the rest.</summary>
    public static GrantTerms Still(GrantTerms terms, DateTimeOffset now) =>
        terms.AiReaders?.Until is { } end && (end <= now || end <= terms.From) ? terms with { AiReaders = null } : terms;

    /// <summary>True if <paramref name="one"/> allows nothing that <paramref name="other"/> does not.</summary>
    public static bool IsWithin(AiReaders? one, AiReaders? other) =>
        one is null || (other is not null && one.ReadsPerDay <= other.ReadsPerDay && (other.Until is not { } end || one.Until <= end));

    /// <summary>True if <paramref name="grant"/> lets the reader of <paramref name="request"/> read once more at <paramref name="now"/>. To people and other programs the box says nothing.</summary>
    public static bool Allows(Grant grant, ReadRequest request, DateTimeOffset now) =>
        request.Ai is null || (grant.AiReaders is { } box && now < EndOf(grant) && ReadsOn(grant, DayOf(now)) < box.ReadsPerDay);

    /// <summary>Consent with the grants alone whose box is ticked, however often they were read today; absent if there are none.</summary>
    public static ConsentState? Ticked(ConsentState state, DateTimeOffset now)
    {
        var ticked = state.Grants.Where(grant => EndOf(grant) is { } end && now < end).ToArray();
        return ticked.Length == 0 ? null : state with { Grants = [.. ticked] };
    }

    /// <summary>First instant at which AI readers may not see any more what <paramref name="decision"/> opens to them.</summary>
    public static DateTimeOffset UntilOf(ConsentState state, ReadDecision decision, DateTimeOffset now) =>
        state.Grants.Where(grant => decision.Grants.Contains(grant.Id)).Select(EndOf).OfType<DateTimeOffset>().Where(end => now < end).Append(decision.ValidUntil).Min();

    /// <summary>
    /// Consent after a read that <paramref name="decision"/> allows: it is counted in each of the grants that opened it. It is written in the append of the read's record, so the two are never told apart.
    /// </summary>
    public static ConsentState Counted(ConsentState state, ReadRequest request, ReadDecision decision, DateTimeOffset now) => request.Ai is null ? state : state with
    {
        Epoch = state.Epoch + 1,
        Grants = [.. state.Grants.Select(grant => decision.Grants.Contains(grant.Id) ? grant with { AiReads = new AiReads(DayOf(now), ReadsOn(grant, DayOf(now)) + 1) } : grant)],
    };

    /// <summary>When the box ends; absent if it is not ticked.</summary>
    private static DateTimeOffset? EndOf(Grant grant) => grant.AiReaders is { } box ? box.Until ?? grant.Until : null;

    private static int ReadsOn(Grant grant, DateOnly day) => grant.AiReads is { } reads && reads.Day == day ? reads.Count : 0;

    private static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    private static Refusal Invalid(string field, string rule) => new(RefusalReason.InvalidArgument, $"ai_readers.{field}", rule);
}
