using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What a customer tells the people around them: their contribution, for each of whom to keep under a pseudonym of its own.</summary>
/// <param name="From">Who tells.</param>
/// <param name="Version">The latest counts.</param>
/// <param name="Sent">What; absent if they contribute no more.</param>
/// <param name="Audiences">For whom they count; for every other audience they are to be forgotten.</param>
[GenerateSerializer, Immutable, Alias("Telling")]
public sealed record Telling(
    [property: Id(0)] CustomerKey From,
    [property: Id(1)] ContributionVersion Version,
    [property: Id(2)] SentContribution? Sent,
    [property: Id(3)] ImmutableArray<AudienceYes> Audiences)
{
    /// <summary>What the customer's state says is due to be told.</summary>
    public static Telling Of(CustomerKey from, Outgoing outgoing) => new(
        from, outgoing.Followers.Due, outgoing.Sent, [.. outgoing.Audiences.Where(yes => yes.Audience != Audience.Trends)]);
}
