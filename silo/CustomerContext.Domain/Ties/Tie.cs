using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What is said about one tie of a customer.</summary>
/// <param name="Other">The other customer; may be nobody's key.</param>
/// <param name="Kind">What the tie is.</param>
/// <param name="Mine">The customer's own word.</param>
/// <param name="Theirs">The other's word, as their grain told it; of friends only.</param>
/// <param name="Claims">What sources say, ordinal by source; at most <see cref="Limits.Ties.Claims"/>.</param>
/// <param name="IsTold">True if the other's grain has acknowledged <paramref name="Mine"/>.</param>
/// <param name="IsListed">Of a friend: true if they are among those whom the customer's contributions are told. Of somebody followed: true if they list the customer so.</param>
[GenerateSerializer, Immutable, Alias("Tie")]
public sealed record Tie(
    [property: Id(0)] CustomerKey Other,
    [property: Id(1)] TieKind Kind,
    [property: Id(2)] Word Mine,
    [property: Id(3)] Word Theirs,
    [property: Id(4)] ImmutableArray<Claim> Claims,
    [property: Id(5)] bool IsTold,
    [property: Id(6)] bool IsListed)
{
    /// <summary>A tie about which nothing was said yet.</summary>
    public static Tie Of(CustomerKey other, TieKind kind) => new(other, kind, default, default, [], false, false);

    /// <summary>True if the tie counts: friends once both said yes and neither has ended it since; follows once the customer said so.</summary>
    public bool IsHeld => Kind == TieKind.Friend
        ? Earlier(Mine.Began, Theirs.Began) > Later(Mine.Ended, Theirs.Ended)
        : Mine.IsYes;

    /// <summary>True if the other's grain is to be told the customer's word, or to be listed, or not any more.</summary>
    public bool IsPending => (!IsTold && Mine != default) || (Kind == TieKind.Friend && IsListed != IsHeld);

    /// <summary>Since when it counts, in unix seconds; meaningful while it does.</summary>
    public long HeldSince => (Kind == TieKind.Friend ? Later(Mine.Began, Theirs.Began) : Mine.Began).Second;

    /// <summary>When anybody last said anything about it.</summary>
    public Stamp Latest => Claims.Aggregate(Later(Mine.Latest, Theirs.Latest), (latest, claim) => Later(latest, claim.Word.Latest));

    /// <summary>Who proposes it to the customer; absent if nobody does, the customer says so already, or has answered since. A default source: the other themselves.</summary>
    public SourceId? ProposedBy
    {
        get
        {
            var answered = Later(Mine.Latest, Theirs.Ended);
            return Mine.IsYes ? null
                : Kind == TieKind.Friend && Theirs.Began > answered ? default(SourceId)
                : Claims.Where(claim => claim.Word.IsYes && claim.Word.Began > answered).Select(claim => (SourceId?)claim.Source).FirstOrDefault();
        }
    }

    private static Stamp Earlier(Stamp one, Stamp other) => one < other ? one : other;

    private static Stamp Later(Stamp one, Stamp other) => one > other ? one : other;
}
