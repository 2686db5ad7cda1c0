using CustomerContext.Domain.Customers;
using Orleans;

namespace CustomerContext.Domain.Networks;

/// <summary>All that is ever shown of a network: the same until the next release.</summary>
/// <param name="Word">The mood.</param>
/// <param name="Week">Where it went over a week, from contributors present in each two releases in a row.</param>
/// <param name="Month">The same over 30 days.</param>
/// <param name="Size">Roughly how many contribute.</param>
/// <param name="At">When it was released.</param>
[GenerateSerializer, Immutable, Alias("NetworkMood")]
public sealed record NetworkMood(
    [property: Id(0)] MoodWord Word,
    [property: Id(1)] Direction Week,
    [property: Id(2)] Direction Month,
    [property: Id(3)] SizeBand Size,
    [property: Id(4)] DateTimeOffset At);

/// <summary>A network's mood in a word.</summary>
public enum MoodWord
{
    /// <summary>A mean of at most -0.2.</summary>
    Low = 1,

    /// <summary>Between.</summary>
    Mixed = 2,

    /// <summary>A mean of at least 0.2.</summary>
    Good = 3,
}

/// <summary>Roughly how many. The numbers are those of the public contract.</summary>
public enum SizeBand
{
    /// <summary>5 to 9.</summary>
    From5 = 1,

    /// <summary>10 to 24.</summary>
    From10 = 2,

    /// <summary>25 to 49.</summary>
    From25 = 3,

    /// <summary>50 or more.</summary>
    From50 = 4,
}
