namespace CustomerContext.Domain.Groups;

/// <summary>How often a group releases.</summary>
public enum Cadence
{
    /// <summary>At its minute of the day.</summary>
    Daily = 1,

    /// <summary>At the same minute of every hour.</summary>
    Hourly = 2,
}
