namespace CustomerContext.Domain.Groups;

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
}
