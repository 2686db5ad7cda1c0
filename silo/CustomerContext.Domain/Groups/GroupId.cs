using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>One group, as one audience sees it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The tribe's id; of readers the company's; of a network the customer key of the one around whom it is.</param>
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

    /// <summary>Those who let their reading of <paramref name="company"/>'s pages count.</summary>
    public static GroupId Readers(TenantId company) => new(GroupKind.Readers, company.Value, Audience.Readers);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Name}/{Audience.Value}";
}

/// <summary>What a group is.</summary>
public enum GroupKind
{
    /// <summary>The friends of one customer: ties that both confirmed.</summary>
    Friends = 1,

    /// <summary>Those whom one customer follows.</summary>
    Followed = 2,

    /// <summary>A tribe.</summary>
    Tribe = 3,

    /// <summary>Those who answered one customer or found them helpful: for counting distinct people, never for a mood.</summary>
    Reached = 4,

    /// <summary>Those who let their reading of one company's pages count: for what helped, never for a mood.</summary>
    Readers = 5,
}

/// <summary>
/// For whom a mood is made: for one purpose of the customers' <em>contribute</em>, or for trends. Each audience of a tribe or network is a group
/// of its own, so that customers count only for the audiences that they agreed to.
/// </summary>
[GenerateSerializer, Immutable, Alias("Audience")]
public readonly record struct Audience([property: Id(0)] string Value)
{
    /// <summary>Third parties: those who said yes to <em>publish</em>.</summary>
    public static Audience Trends { get; } = new("publish");

    /// <summary>Who may see what helped others: those who said yes to <em>contribute my reading</em>. No purpose has this name.</summary>
    public static Audience Readers { get; } = new("readers");

    /// <summary>Readers for <paramref name="purpose"/>.</summary>
    public static Audience Of(Purpose purpose) => new(purpose.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
