using System.Collections.Immutable;
using System.Text;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Attention;

/// <summary>Something that waits, as the company's queue has it. Whoever lists the queue is not told whose it is; that is for who claims it.</summary>
/// <param name="Id">Its id: 32 hexadecimal digits that nobody outside can trace to the customer.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Kind">Why it needs attention.</param>
/// <param name="Channel">Coded.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="Deadline">When it is or was due; absent if no time is set for it.</param>
/// <param name="Purposes">For which purposes ATTENTION is granted, and until when; at least one.</param>
[GenerateSerializer, Immutable, Alias("Work")]
public sealed record Work(
    [property: Id(0)] string Id,
    [property: Id(1)] CustomerKey Customer,
    [property: Id(2)] AttentionKind Kind,
    [property: Id(3)] string Channel,
    [property: Id(4)] DateTimeOffset Since,
    [property: Id(5)] Deadline? Deadline,
    [property: Id(6)] ImmutableArray<GrantedPurpose> Purposes)
{
    /// <summary>Grows by one with each change, from 1.</summary>
    [Id(7)]
    public long Version { get; init; } = 1;

    /// <summary>Who has it, or had it last; absent if nobody claimed it since it was handed over.</summary>
    [Id(8)]
    public WorkClaim? Claim { get; init; }

    /// <summary>How it ended; absent while it has not.</summary>
    [Id(9)]
    public WorkResult? Result { get; init; }

    /// <summary>When somebody first handed it over to those who see to what is escalated, whatever its time; absent if nobody did.</summary>
    [Id(10)]
    public DateTimeOffset? HandedUpAt { get; init; }

    /// <summary>Actor and id of the request that changed it last; empty if none has.</summary>
    [Id(11)]
    public string Request { get; init; } = "";

    /// <summary>When it ended; absent while it has not.</summary>
    [Id(12)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What its company was told of it by webhook. Telling is no change: it does not count in <see cref="Version"/>.</summary>
    [Id(13)]
    public WorkNewsKinds Told { get; init; }

    /// <summary>True if it waits no more, and is kept only until its company was told how it ended.</summary>
    [Id(14)]
    public bool IsGone { get; init; }

    /// <summary>How far it has come.</summary>
    public AttentionStage StageAt(DateTimeOffset now) => StageRules.At(Deadline, now);

    /// <summary>True if it is in the queue of what is escalated. Of what was handed up only that counts, not when: the instant is of another silo's clock, perhaps.</summary>
    public bool IsEscalated(DateTimeOffset now) => HandedUpAt is not null || StageAt(now) == AttentionStage.Escalated;

    /// <summary>Who has it at <paramref name="now"/>; absent: nobody.</summary>
    public WorkClaim? ClaimAt(DateTimeOffset now) => Result is null && now < Claim?.Until ? Claim : null;

    /// <summary>True if it is to be done still.</summary>
    public bool IsOpen(DateTimeOffset now) => Result is null && !IsGivenUp(now);

    /// <summary>True if it is told no more.</summary>
    public bool IsGivenUp(DateTimeOffset now) => StageRules.IsGivenUp(Kind == AttentionKind.Promise ? Deadline!.Due : Since, now);

    /// <summary>True if ATTENTION is granted for <paramref name="purpose"/>.</summary>
    public bool IsFor(Purpose purpose, DateTimeOffset now) => Purposes.Any(granted => granted.Purpose == purpose && now < granted.Until);

    /// <summary>True if ATTENTION is granted for <paramref name="purpose"/>, to AI readers too.</summary>
    public bool IsForAi(Purpose purpose, DateTimeOffset now) => Purposes.Any(granted => granted.Purpose == purpose && now < granted.AiUntil);

    /// <summary>True if ATTENTION is granted for any purpose.</summary>
    public bool IsGranted(DateTimeOffset now) => Purposes.Any(granted => now < granted.Until);
}

/// <summary>A purpose for which ATTENTION is granted.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Until">First instant at which it is not any more.</param>
/// <param name="AiUntil">The same for AI readers; absent if the customer did not tick the box for them.</param>
[GenerateSerializer, Immutable, Alias("GrantedPurpose")]
public readonly record struct GrantedPurpose([property: Id(0)] Purpose Purpose, [property: Id(1)] DateTimeOffset Until, [property: Id(2)] DateTimeOffset? AiUntil = null);

/// <summary>Who has a piece of work.</summary>
/// <param name="By">The stable pseudonym of the tenant's actor.</param>
/// <param name="Until">First instant at which anybody may claim it again.</param>
[GenerateSerializer, Immutable, Alias("WorkClaim")]
public sealed record WorkClaim([property: Id(0)] string By, [property: Id(1)] DateTimeOffset Until);

/// <summary>How work ended. The numbers are those of the public contract.</summary>
public enum WorkResult
{
    /// <summary>Done.</summary>
    Done = 1,

    /// <summary>Not needed.</summary>
    NotNeeded = 2,
}

/// <summary>A change that an actor asks for.</summary>
/// <param name="Request">Its id: a repeat of the last one changes nothing.</param>
/// <param name="Work">Which work.</param>
/// <param name="By">The actor's pseudonym.</param>
/// <param name="Expected">Only if the version is still this; absent: anyway.</param>
[GenerateSerializer, Immutable, Alias("WorkCommand")]
public sealed record WorkCommand(
    [property: Id(0)] string Request, [property: Id(1)] string Work, [property: Id(2)] string By, [property: Id(3)] long? Expected);

/// <summary>A part of a company's work: of all customers whose work falls into it.</summary>
/// <param name="Works">In the order of customers, then of ids.</param>
[GenerateSerializer, Immutable, Alias("WorkShard")]
public sealed record WorkShard([property: Id(0)] ImmutableArray<Work> Works)
{
    /// <summary>Nothing waits.</summary>
    public static WorkShard Empty { get; } = new([]);

    /// <summary>The work of this id; absent if there is none.</summary>
    public Work? Find(string id) => Works.FirstOrDefault(work => work.Id == id);
}

/// <summary>How work comes, is claimed, handed over and done, and goes. Pure.</summary>
public static class WorkRules
{
    private const int FixedBytes = 184;
    private const int FixedBytesOfAPurpose = 26;

    /// <summary>
    /// <paramref name="fresh"/> is all that waits of <paramref name="customer"/> now: what is known keeps who has it and how it ended, all else of theirs goes. So it may be told again at any time. Of
    /// others what counts as given up goes. What does not fit any more is not taken; whoever tells it finds that it is not in.
    /// </summary>
    /// <param name="shard">The part as it is.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="fresh">All that waits.</param>
    /// <param name="now">When.</param>
    /// <param name="keepsEnds">True: work that somebody completed and that waits no more stays, hidden, until its company was told. After a change of consent nothing may stay that the customer may have taken back.</param>
    public static WorkShard Put(WorkShard shard, CustomerKey customer, ImmutableArray<Work> fresh, DateTimeOffset now, bool keepsEnds = false)
    {
        var known = shard.Works.Where(work => work.Customer == customer && !work.IsGivenUp(now)).ToDictionary(work => work.Id, StringComparer.Ordinal);
        var next = fresh.Select(work => known.TryGetValue(work.Id, out var old) ? Renewed(old, work) : work)
            .Concat(keepsEnds ? UntoldEnds() : [])
            .OrderBy(work => work.Id, StringComparer.Ordinal)
            .ToArray();
        if (next.Length == known.Count && next.All(work => known.TryGetValue(work.Id, out var old) && ReferenceEquals(old, work)))
        {
            return shard;
        }

        var others = shard.Works.Where(work => work.Customer != customer && !work.IsGivenUp(now)).ToArray();
        var room = Limits.Attention.PartBytes - others.Sum(SizeOf) - next.Where(IsKnown).Sum(SizeOf);
        var taken = next.Where(work => IsKnown(work) || (room -= SizeOf(work)) >= 0).ToArray();
        var at = others.Count(work => string.CompareOrdinal(work.Customer.Value, customer.Value) < 0);
        return new WorkShard([.. others[..at], .. taken, .. others[at..]]);

        bool IsKnown(Work work) => known.ContainsKey(work.Id);

        IEnumerable<Work> UntoldEnds() => known.Values
            .Where(work => WorkNewsRules.IsEndUntold(work, now) && fresh.All(one => one.Id != work.Id))
            .Select(work => work.IsGone ? work : work with { IsGone = true });
    }

    /// <summary>An upper bound of what a piece of work takes when stored, in bytes.</summary>
    public static int SizeOf(Work work) =>
        FixedBytes + work.Channel.Length + Encoding.UTF8.GetByteCount(work.Request) + work.Purposes.Sum(granted => FixedBytesOfAPurpose + granted.Purpose.Value.Length);

    /// <summary>Gives it to the actor until <paramref name="until"/>, or prolongs their claim; refused while somebody else has it, and if ATTENTION is not granted for the purpose.</summary>
    public static Outcome<WorkShard> Claim(WorkShard shard, WorkCommand command, Purpose purpose, DateTimeOffset until, DateTimeOffset now) => Change(shard, command, now, work =>
        !work.IsFor(purpose, now) ? NoSuchWork
        : work.ClaimAt(now) is { } claim && claim.By != command.By ? Taken
        : work with { Claim = new WorkClaim(command.By, until) });

    /// <summary>Ends it; only for who has it.</summary>
    public static Outcome<WorkShard> Complete(WorkShard shard, WorkCommand command, WorkResult result, DateTimeOffset now) =>
        Change(shard, command, now, work => work.ClaimAt(now)?.By != command.By ? Taken : work with { Result = result, EndedAt = now });

    /// <summary>Gives it back, to whoever comes next in its queue or, if <paramref name="isUp"/>, in the queue of what is escalated; only for who has it.</summary>
    public static Outcome<WorkShard> HandOver(WorkShard shard, WorkCommand command, bool isUp, DateTimeOffset now) =>
        Change(shard, command, now, work => work.ClaimAt(now)?.By != command.By ? Taken : work with { Claim = null, HandedUpAt = work.HandedUpAt ?? (isUp ? now : null) });

    /// <summary>True if the command is what changed the work last.</summary>
    public static bool IsRepeat(Work work, WorkCommand command) => work.Request == RequestOf(command);

    /// <summary>There is none of this id, or no more.</summary>
    public static Refusal NoSuchWork => new(RefusalReason.NotFound, "work_id", "no such work");

    private static string RequestOf(WorkCommand command) => $"{command.By} {command.Request}";

    private static Refusal Taken => new(RefusalReason.VersionMismatch, "work_id", "somebody else has it, or nobody");

    private static Outcome<WorkShard> Change(WorkShard shard, WorkCommand command, DateTimeOffset now, Func<Work, Outcome<Work>> rule)
    {
        if (shard.Find(command.Work) is not { } work || work.IsGivenUp(now))
        {
            return NoSuchWork;
        }

        if (IsRepeat(work, command))
        {
            return shard;
        }

        if (work.Result is not null)
        {
            return NoSuchWork;
        }

        if (command.Expected is { } expected && expected != work.Version)
        {
            return new Refusal(RefusalReason.VersionMismatch, "expected_version", "the work has changed");
        }

        var changed = rule(work);
        return changed.IsOk
            ? new WorkShard(shard.Works.Replace(work, changed.Value with { Version = work.Version + 1, Request = RequestOf(command) }, ReferenceEqualityComparer.Instance))
            : changed.Refusal;
    }

    /// <summary>What is known, with what may have changed of it. Of many turns the first are not kept, but the work waits since it came, and is due as it was.</summary>
    private static Work Renewed(Work old, Work fresh)
    {
        if (fresh.Since > old.Since)
        {
            fresh = fresh with { Since = old.Since, Deadline = fresh.Kind == AttentionKind.Question ? fresh.Deadline?.Earlier(fresh.Since - old.Since) : fresh.Deadline };
        }

        var renewed = old with { Channel = fresh.Channel, Since = fresh.Since, Deadline = fresh.Deadline, Purposes = fresh.Purposes, IsGone = false };
        var isSame = old.Channel == fresh.Channel && old.Since == fresh.Since && old.Deadline == fresh.Deadline && old.Purposes.SequenceEqual(fresh.Purposes) && !old.IsGone;
        return isSame ? old : renewed with { Version = old.Version + 1 };
    }
}
