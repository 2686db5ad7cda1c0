namespace CustomerContext.Domain.Groups;

/// <summary>How much a member writes: posts within <see cref="Limits.Groups.PostWeeks"/> weeks (90 days).</summary>
public enum Stratum
{
    /// <summary>Nothing.</summary>
    Silent = 0,

    /// <summary>1 to 4 posts.</summary>
    Few = 1,

    /// <summary>5 posts or more.</summary>
    Many = 2,
}
