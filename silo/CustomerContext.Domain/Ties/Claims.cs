using System.Collections.Immutable;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Ties;

/// <summary>Lists of claims.</summary>
internal static class Claims
{
    /// <summary>With what a signal of a source says; beyond the limit the oldest leaves.</summary>
    public static ImmutableArray<Claim> Take(ImmutableArray<Claim> claims, Signal signal, TieChange change, Stamp at)
    {
        var known = claims.FirstOrDefault(claim => claim.Source == signal.Source);
        var next = claims.Remove(known).Add(new Claim(signal.Source, known.Word.Say(change, at)));
        return
        [
            .. next.OrderByDescending(claim => claim.Word.Latest).Take(Limits.Ties.Claims)
                .OrderBy(claim => claim.Source.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>Only those of sources that may collect.</summary>
    public static ImmutableArray<Claim> Keep(ImmutableArray<Claim> claims, Preferences preferences) =>
        claims.All(claim => preferences.Collects(claim.Source)) ? claims : claims.RemoveAll(claim => !preferences.Collects(claim.Source));
}
