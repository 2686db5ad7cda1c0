using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using AttentionKind = CustomerContext.Domain.Attention.AttentionKind;
using Enum = System.Enum;
using Work = CustomerContext.Domain.Attention.Work;
using WorkResult = CustomerContext.Domain.Attention.WorkResult;

namespace CustomerContext.Silo.Api.Queues;

/// <summary>Work as the contract has it. Enums of the contract and of the domain have the same numbers.</summary>
internal static class WorkTranslator
{
    /// <summary>A piece of work at <paramref name="now"/>, without whose it is.</summary>
    public static V1.Work ToProto(Work work, DateTimeOffset now)
    {
        var claim = work.ClaimAt(now);
        return new V1.Work
        {
            WorkId = work.Id,
            Kind = (V1.AttentionKind)work.Kind,
            Channel = work.Channel,
            SinceTime = work.Since.ToTimestamp(),
            DueTime = work.Deadline?.Due.ToTimestamp(),
            Stage = (V1.AttentionStage)work.StageAt(now),
            Escalated = work.IsEscalated(now),
            State = work.Result is not null ? WorkState.Completed : claim is not null ? WorkState.Claimed : WorkState.Open,
            ClaimedBy = claim?.By ?? "",
            ClaimUntilTime = claim?.Until.ToTimestamp(),
            Version = work.Version,
        };
    }

    /// <summary>The kinds asked for.</summary>
    public static Outcome<ImmutableArray<AttentionKind>> KindsOf(IReadOnlyList<V1.AttentionKind> kinds)
    {
        for (var i = 0; i < kinds.Count; i++)
        {
            if (!Enum.IsDefined((AttentionKind)kinds[i]))
            {
                return new Refusal(RefusalReason.InvalidArgument, $"kinds[{i}]", "must be a kind of attention");
            }
        }

        return kinds.Select(kind => (AttentionKind)kind).Distinct().ToImmutableArray();
    }

    /// <summary>True for the queue of what is escalated, false for the other; absent if none is named.</summary>
    public static Outcome<bool?> QueueOf(WorkQueue queue, string field) => queue switch
    {
        WorkQueue.Unspecified => new Outcome<bool?>(),
        WorkQueue.First => (bool?)false,
        WorkQueue.Escalated => (bool?)true,
        _ => new Refusal(RefusalReason.InvalidArgument, field, "must be a queue"),
    };

    /// <summary>How work ended.</summary>
    public static Outcome<WorkResult> ResultOf(V1.WorkResult result) => Enum.IsDefined((WorkResult)result)
        ? (WorkResult)result
        : new Refusal(RefusalReason.InvalidArgument, "result", "must be done or not needed");

    /// <summary>For how long work is claimed.</summary>
    public static Outcome<TimeSpan> ClaimOf(Duration? duration)
    {
        var read = Times.Read(duration, "claim_duration");
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var asked = read.Value ?? Limits.Attention.Claim;
        return asked >= Limits.Attention.ShortestClaim && asked <= Limits.Attention.LongestClaim
            ? asked
            : new Refusal(RefusalReason.InvalidArgument, "claim_duration", $"must be {Limits.Attention.ShortestClaim.TotalMinutes} to {Limits.Attention.LongestClaim.TotalMinutes} minutes");
    }
}
