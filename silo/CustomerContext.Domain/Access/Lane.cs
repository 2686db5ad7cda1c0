namespace CustomerContext.Domain.Access;

/// <summary>What calls are counted together. Each lane has meters of its own, so that a flood in one leaves the others free.</summary>
public enum Lane
{
    /// <summary>Reads; a batch counts each subject.</summary>
    Looks = 1,

    /// <summary>Signals sent in, each counted.</summary>
    Signals,

    /// <summary>Everything else.</summary>
    Other,

    /// <summary>Taking back: revoke, pause, erase. Never limited.</summary>
    Free,
}
