using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What is said about a customer and one tribe.</summary>
/// <param name="Tribe">The tribe.</param>
/// <param name="Mine">The customer's own word: they are in it once they said so, and only then.</param>
/// <param name="Claims">What sources say, ordinal by source; at most <see cref="Limits.Ties.Claims"/>.</param>
[GenerateSerializer, Immutable, Alias("Membership")]
public sealed record Membership(
    [property: Id(0)] TribeId Tribe, [property: Id(1)] Word Mine, [property: Id(2)] ImmutableArray<Claim> Claims)
{
    /// <summary>A tribe about which nothing was said yet.</summary>
    public static Membership Of(TribeId tribe) => new(tribe, default, []);

    /// <summary>True if the customer is in it.</summary>
    public bool IsHeld => Mine.IsYes;

    /// <summary>When anybody last said anything about it.</summary>
    public Stamp Latest => Claims.Select(claim => claim.Word.Latest).Append(Mine.Latest).Max();

    /// <summary>The source that proposes it; absent if none does, or the customer has answered since.</summary>
    public SourceId? ProposedBy
    {
        get
        {
            var answered = Mine.Latest;
            return Mine.IsYes ? null : Claims.Where(claim => claim.Word.IsYes && claim.Word.Began > answered).Select(claim => (SourceId?)claim.Source).FirstOrDefault();
        }
    }
}
