using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What is said about one tie of a customer.</summary>
/// <param name="Other">The other customer. The key may be one that no customer has.</param>
/// <param name="Kind">What the tie is.</param>
/// <param name="Mine">The customer's own statement.</param>
/// <param name="Theirs">The other customer's statement, as their grain sent it; for friends only.</param>
/// <param name="Claims">What sources say, ordinal by source; at most <see cref="Limits.Ties.Claims"/>.</param>
/// <param name="IsAcknowledged">True if the other's grain has acknowledged <paramref name="Mine"/>.</param>
/// <param name="ListedAs">Of a friend: the <see cref="HeldAs"/> under which they are among those whom the customer's contributions are told. Of somebody followed: the one under which they list the customer. Default: not listed.</param>
[GenerateSerializer, Immutable, Alias("Tie")]
public sealed record Tie(
    [property: Id(0)] CustomerKey Other,
    [property: Id(1)] TieKind Kind,
    [property: Id(2)] Statement Mine,
    [property: Id(3)] Statement Theirs,
    [property: Id(4)] ImmutableArray<Claim> Claims,
    [property: Id(5)] bool IsAcknowledged,
    [property: Id(6)] Stamp ListedAs)
{
    /// <summary>What the customer said beside yes; it counts while they do not say yes.</summary>
    [Id(7)]
    public TieStance Stance { get; init; }

    /// <summary>When they said that, in unix milliseconds; 0 if never.</summary>
    [Id(8)]
    public long StanceAt { get; init; }

    /// <summary>A tie about which nothing was said yet.</summary>
    public static Tie Of(CustomerKey other, TieKind kind) => new(other, kind, default, default, [], false, default);

    /// <summary>True if the tie counts: friends once both said yes and neither has ended it since; follows once the customer said so.</summary>
    public bool IsHeld => Kind == TieKind.Friend
        ? Earlier(Mine.Began, Theirs.Began) > Ended
        : Mine.IsYes;

    /// <summary>
    /// The yes that holds the tie; default while it is not held. A tie that ended and began again is held by a later yes. Whoever ended it forgot what they had been told, so the other side is
    /// listed anew and told again, even if it hears of the end and of the new yes at once.
    /// </summary>
    public Stamp HeldAs => !IsHeld ? default : Kind == TieKind.Friend ? Earlier(Mine.Began, Theirs.Began) : Mine.Began;

    /// <summary>When the tie was last ended by either side; default if never.</summary>
    public Stamp Ended => Later(Mine.Ended, Theirs.Ended);

    /// <summary>True if the other's grain is to be told the customer's word, or to be listed, or not any more.</summary>
    public bool IsPending => (!IsAcknowledged && Mine != default) || (Kind == TieKind.Friend && ListedAs != HeldAs);

    /// <summary>Since when it counts, in unix seconds; meaningful while it does.</summary>
    public long HeldSince => (Kind == TieKind.Friend ? Later(Mine.Began, Theirs.Began) : Mine.Began).Second;

    /// <summary>When anybody last said anything about it.</summary>
    public Stamp Latest => Claims.Aggregate(Later(Mine.Latest, Theirs.Latest), (latest, claim) => Later(latest, claim.Statement.Latest));

    /// <summary>Who proposes it to the customer; absent if nobody does, the customer says so already, or has answered since. A default source: the other themselves.</summary>
    public SourceId? ProposedBy
    {
        get
        {
            var answered = Later(Mine.Latest, Theirs.Ended);
            return Mine.IsYes || Stance != TieStance.Open ? null
                : Kind == TieKind.Friend && Theirs.Began > answered ? default(SourceId)
                : Claims.Where(claim => claim.Statement.IsYes && claim.Statement.Began > answered).Select(claim => (SourceId?)claim.Source).FirstOrDefault();
        }
    }

    /// <summary>Where it stands for the customer.</summary>
    public TieStanding Standing => Mine.IsYes ? IsHeld ? TieStanding.Confirmed : TieStanding.Waiting
        : Stance == TieStance.Blocked ? TieStanding.Blocked
        : Stance == TieStance.Later ? TieStanding.Later
        : ProposedBy is null ? TieStanding.None : TieStanding.Proposed;

    /// <summary>Since when, in unix milliseconds.</summary>
    public long StandingSince => Standing switch
    {
        TieStanding.Confirmed => HeldSince * 1_000,
        TieStanding.Waiting => Mine.Began.At,
        TieStanding.Later or TieStanding.Blocked => StanceAt,
        _ => Latest.At,
    };

    /// <summary>How many sources say so.</summary>
    public int Supporters => Claims.Count(claim => claim.Statement.IsYes);

    private static Stamp Earlier(Stamp one, Stamp other) => one < other ? one : other;

    private static Stamp Later(Stamp one, Stamp other) => one > other ? one : other;
}

/// <summary>How what is said about ties changes them. Pure; any order and any number of repeats give the same, while nothing has to leave.</summary>
public static class TieRules
{
    /// <summary>The state after a signal: the customer's own word, or a source's claim. A tie to oneself is ignored without an error, so that the sender learns nothing.</summary>
    /// <returns>The state, or <see cref="RefusalReason.LimitReached"/> for a yes beyond <see cref="Limits.Ties.Held"/>.</returns>
    public static Outcome<TiesState> Take(TiesState state, CustomerKey me, RelationshipSignal signal)
    {
        if (signal.Other == me)
        {
            return state;
        }

        var tie = Find(state, signal.Other, signal.Kind) ?? Tie.Of(signal.Other, signal.Kind);
        var at = Stamp.Of(signal);
        if (signal.Source != SourceId.Customer)
        {
            return With(state, tie with { Claims = Claims.Take(tie.Claims, signal, signal.Change, at) });
        }

        var mine = tie.Mine.Say(signal.Change, at);
        if (mine.IsYes && !tie.Mine.IsYes && state.Ties.Count(other => other.Mine.IsYes) >= Limits.Ties.Held)
        {
            return new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Ties.Held} ties");
        }

        var stance = mine.IsYes ? TieStance.Open : tie.Stance;
        return mine == tie.Mine ? state : With(state, tie with { Mine = mine, IsAcknowledged = false, Stance = stance });
    }

    /// <summary>The state after the other's own word about being friends, as their grain tells it.</summary>
    public static TiesState ReceiveStatement(TiesState state, CustomerKey other, Statement theirs)
    {
        var tie = Find(state, other, TieKind.Friend) ?? Tie.Of(other, TieKind.Friend);
        var heard = tie.Theirs.Merge(theirs);
        return heard == tie.Theirs ? state : With(state, tie with { Theirs = heard });
    }

    /// <summary>The state once the other's grain has acknowledged <paramref name="mine"/>.</summary>
    public static TiesState Acknowledged(TiesState state, CustomerKey other, TieKind kind, Statement mine) =>
        Find(state, other, kind) is { IsAcknowledged: false } tie && tie.Mine == mine ? With(state, tie with { IsAcknowledged = true }) : state;

    /// <summary>The state once the other is listed, or no longer is (<paramref name="listedAs"/> is default): a friend here among those to tell, somebody followed there.</summary>
    public static TiesState Listed(TiesState state, CustomerKey other, TieKind kind, Stamp listedAs) =>
        Find(state, other, kind) is { } tie && tie.ListedAs != listedAs ? With(state, tie with { ListedAs = listedAs }) : state;

    /// <summary>The state in which statements that the other customer has not answered are due to be sent again.</summary>
    public static TiesState Repeat(TiesState state) => state.Ties.All(IsAnswered) ? state : state with
    {
        Ties = [.. state.Ties.Select(tie => IsAnswered(tie) ? tie : tie with { IsAcknowledged = false })],
    };

    /// <summary>
    /// The state without what <paramref name="preferences"/> do not allow to collect. If the customer withdraws <em>collect</em> for their own statements, their own yes to each tie ends.
    /// </summary>
    public static TiesState OnlyCollected(TiesState state, Preferences preferences)
    {
        var keepsOwn = preferences.Collects(SourceId.Customer);
        var kept = state.Ties.Select(tie => tie with
        {
            Claims = Claims.OnlyCollected(tie.Claims, preferences),
            Mine = keepsOwn ? tie.Mine : Over(tie.Mine),
            IsAcknowledged = tie.IsAcknowledged && (keepsOwn || !tie.Mine.IsYes),
        }).ToImmutableArray();
        return kept.AsSpan().SequenceEqual(state.Ties.AsSpan()) ? state : Changed(state, kept);
    }

    /// <summary>The tie to <paramref name="other"/>; absent if nothing was said about one.</summary>
    public static Tie? Find(TiesState state, CustomerKey other, TieKind kind)
    {
        var at = Search(state.Ties, other, kind);
        return at >= 0 ? state.Ties[at] : null;
    }

    /// <summary>The statement ended at the smallest stamp after its yes. So it is over, and any later statement still wins.</summary>
    internal static Statement Over(Statement statement) => statement.IsYes ? statement with { Ended = statement.Began with { TieBreak = statement.Began.TieBreak + 1 } } : statement;

    private static bool IsAnswered(Tie tie) => !tie.IsAcknowledged || !tie.Mine.IsYes || (tie.Kind == TieKind.Friend ? tie.IsHeld : tie.ListedAs == tie.HeldAs);

    /// <summary>The state with <paramref name="tie"/> as it is. Too many without the customer's yes: what they never answered is forgotten before what they declined, the oldest first.</summary>
    internal static TiesState With(TiesState state, Tie tie)
    {
        var at = Search(state.Ties, tie.Other, tie.Kind);
        var ties = at >= 0 ? state.Ties.SetItem(at, tie) : state.Ties.Insert(~at, tie);
        var unanswered = ties.Where(one => !one.Mine.IsYes).ToList();
        if (unanswered.Count > Limits.Ties.Unanswered)
        {
            ties = ties.Remove(unanswered.MinBy(one => (one.Stance, one.Latest))!);
        }

        return Changed(state, ties);
    }

    private static TiesState Changed(TiesState state, ImmutableArray<Tie> ties) => state with { Ties = ties, Taken = state.Taken + 1 };

    private static int Search(ImmutableArray<Tie> ties, CustomerKey other, TieKind kind)
    {
        var (low, high) = (0, ties.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(ties[middle].Other.Value, other.Value) is not 0 and var byKey ? byKey : ties[middle].Kind.CompareTo(kind);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
