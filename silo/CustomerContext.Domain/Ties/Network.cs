using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What the people around a customer contribute for one audience, and what was released of it.</summary>
/// <param name="Kind">Friends, or those whom the customer follows.</param>
/// <param name="Audience">For whom.</param>
/// <param name="Members">What they contribute, by pseudonym.</param>
/// <param name="Releases">What was released.</param>
/// <param name="Due">When the next release is due; unix seconds.</param>
[GenerateSerializer, Immutable, Alias("Network")]
public sealed record Network(
    [property: Id(0)] GroupKind Kind,
    [property: Id(1)] Audience Audience,
    [property: Id(2)] GroupMembers Members,
    [property: Id(3)] NetworkState Releases,
    [property: Id(4)] long Due)
{
    /// <summary>The group of <paramref name="customer"/>.</summary>
    public GroupId GroupOf(CustomerKey customer) => new(Kind, customer.Value, Audience);

    /// <summary>The kind of group that a kind of tie leads to.</summary>
    public static GroupKind KindOf(TieKind kind) => kind == TieKind.Friend ? GroupKind.Friends : GroupKind.Followed;
}
