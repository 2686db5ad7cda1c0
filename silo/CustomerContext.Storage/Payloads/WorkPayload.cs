using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>A part of a company's queue of work.</summary>
internal static class WorkPayload
{
    public static IPayloadCodec<WorkShard> Codec { get; } = new PayloadCodec<WorkShard, Stored.WorkShard>(
        1, shard => new Stored.WorkShard { Works = { shard.Works.Select(ToMessage) } }, stored => new WorkShard([.. stored.Works.Select(FromMessage)]));

    private static Stored.Work ToMessage(Work work) => new()
    {
        Id = Bytes(work.Id),
        Customer = Bytes(work.Customer.Value),
        Kind = (int)work.Kind,
        Channel = work.Channel,
        SinceTicks = Ticks.Of(work.Since),
        Deadline = work.Deadline is { } deadline ? ToMessage(deadline) : null,
        Purposes = { work.Purposes.Select(one => new Stored.GrantedPurpose { Purpose = one.Purpose.Value, UntilTicks = Ticks.Of(one.Until), AiUntilTicks = Of(one.AiUntil) }) },
        Version = work.Version,
        ClaimedBy = work.Claim?.By ?? "",
        ClaimUntilTicks = work.Claim is { } claim ? Ticks.Of(claim.Until) : 0,
        Result = (int)(work.Result ?? 0),
        HandedUpTicks = Of(work.HandedUpAt),
        Request = work.Request,
        EndedTicks = Of(work.EndedAt),
        Told = (int)work.Told,
        IsGone = work.IsGone,
    };

    private static Work FromMessage(Stored.Work stored) => new(
        Text(stored.Id),
        new CustomerKey(Text(stored.Customer)),
        (AttentionKind)stored.Kind,
        stored.Channel,
        Ticks.Instant(stored.SinceTicks),
        stored.Deadline is { } deadline ? FromMessage(deadline) : null,
        [.. stored.Purposes.Select(one => new GrantedPurpose(new Purpose(one.Purpose), Ticks.Instant(one.UntilTicks), Instant(one.AiUntilTicks)))])
    {
        Version = stored.Version,
        Claim = stored.ClaimedBy.Length > 0 ? new WorkClaim(stored.ClaimedBy, Ticks.Instant(stored.ClaimUntilTicks)) : null,
        Result = stored.Result > 0 ? (WorkResult)stored.Result : null,
        HandedUpAt = Instant(stored.HandedUpTicks),
        Request = stored.Request,
        EndedAt = Instant(stored.EndedTicks),
        Told = (WorkNewsKinds)stored.Told,
        IsGone = stored.IsGone,
    };

    private static Stored.Deadline ToMessage(Deadline deadline)
    {
        var stored = new Stored.Deadline { DueTicks = Ticks.Of(deadline.Due) };
        if (deadline.Notice is { } notice)
        {
            stored.NoticeTicks = Ticks.Of(notice);
        }

        if (deadline.Escalation is { } escalation)
        {
            stored.EscalationTicks = Ticks.Of(escalation);
        }

        return stored;
    }

    private static Deadline FromMessage(Stored.Deadline stored) => new(
        stored.HasNoticeTicks ? Ticks.Instant(stored.NoticeTicks) : null,
        Ticks.Instant(stored.DueTicks),
        stored.HasEscalationTicks ? Ticks.Instant(stored.EscalationTicks) : null);

    private static long Of(DateTimeOffset? time) => time is { } instant ? Ticks.Of(instant) : 0;

    private static DateTimeOffset? Instant(long ticks) => ticks == 0 ? null : Ticks.Instant(ticks);

    private static ByteString Bytes(string hex) => ByteString.CopyFrom(Convert.FromHexString(hex));

    private static string Text(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
