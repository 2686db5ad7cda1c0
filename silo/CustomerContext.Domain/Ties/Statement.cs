using System.Collections.Immutable;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What one side said about a tie or a membership. The latest of each kind counts, so that repeats and any order lead to the same.</summary>
/// <param name="Began">When they last said yes; default if never.</param>
/// <param name="Ended">When they last said that it is over; default if never.</param>
[GenerateSerializer, Immutable, Alias("Word")]
public readonly record struct Statement([property: Id(0)] Stamp Began, [property: Id(1)] Stamp Ended)
{
    /// <summary>True if their last word is yes.</summary>
    public bool IsYes => Began > Ended;

    /// <summary>When they last said anything.</summary>
    public Stamp Latest => Began > Ended ? Began : Ended;

    /// <summary>With one thing more said.</summary>
    public Statement Say(TieChange change, Stamp at) => Merge(change == TieChange.Began ? new Statement(at, default) : new Statement(default, at));

    /// <summary>With all that <paramref name="other"/> knows of the same side.</summary>
    public Statement Merge(Statement other) => new(other.Began > Began ? other.Began : Began, other.Ended > Ended ? other.Ended : Ended);
}

/// <summary>What a source says about a tie or a membership: a proposal, no more.</summary>
/// <param name="Source">Who.</param>
/// <param name="Statement">What.</param>
[GenerateSerializer, Immutable, Alias("Claim")]
public readonly record struct Claim([property: Id(0)] Common.SourceId Source, [property: Id(1)] Statement Statement);

/// <summary>Lists of claims.</summary>
internal static class Claims
{
    /// <summary>With what a signal of a source says; beyond the limit the oldest leaves.</summary>
    public static ImmutableArray<Claim> Take(ImmutableArray<Claim> claims, Signal signal, TieChange change, Stamp at)
    {
        var known = claims.FirstOrDefault(claim => claim.Source == signal.Source);
        var next = claims.Remove(known).Add(new Claim(signal.Source, known.Statement.Say(change, at)));
        return
        [
            .. next.OrderByDescending(claim => claim.Statement.Latest).Take(Limits.Ties.Claims)
                .OrderBy(claim => claim.Source.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>Only those of sources that may collect.</summary>
    public static ImmutableArray<Claim> OnlyCollected(ImmutableArray<Claim> claims, Preferences preferences) =>
        claims.All(claim => preferences.Collects(claim.Source)) ? claims : claims.RemoveAll(claim => !preferences.Collects(claim.Source));
}
