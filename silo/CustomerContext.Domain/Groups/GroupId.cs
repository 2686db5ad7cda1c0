using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>One group, as one audience sees it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The tribe's id; of a network the customer key of the one around whom it is.</param>
/// <param name="Audience">For whom.</param>
[GenerateSerializer, Immutable, Alias("GroupId")]
public readonly record struct GroupId([property: Id(0)] GroupKind Kind, [property: Id(1)] string Name, [property: Id(2)] Audience Audience)
{
    /// <summary>The tribe <paramref name="tribe"/> as <paramref name="audience"/> sees it.</summary>
    public static GroupId Tribe(string tribe, Audience audience) => new(GroupKind.Tribe, tribe, audience);

    /// <summary>The friends of <paramref name="customer"/>.</summary>
    public static GroupId Friends(CustomerKey customer, Audience audience) => new(GroupKind.Friends, customer.Value, audience);

    /// <summary>Those whom <paramref name="customer"/> follows.</summary>
    public static GroupId Followed(CustomerKey customer, Audience audience) => new(GroupKind.Followed, customer.Value, audience);

    /// <summary>Those who reacted to <paramref name="customer"/>.</summary>
    public static GroupId Reached(CustomerKey customer) => new(GroupKind.Reached, customer.Value, default);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Name}/{Audience.Value}";
}
