namespace CustomerContext.Storage;

/// <summary>What the store promises and whether it can be used, for health. Safe for use from many threads.</summary>
public sealed class StoreStatus
{
    private volatile string? _trouble;
    private volatile StoreDurability _durability = StoreDurability.Unknown;

    /// <summary>What survives a loss of power.</summary>
    public StoreDurability Durability
    {
        get => _durability;
        internal set => _durability = value;
    }

    /// <summary>Why the store cannot be used now, for an operator to read; absent if all is well.</summary>
    public string? Trouble
    {
        get => _trouble;
        internal set => _trouble = value;
    }
}

/// <summary>What survives a loss of power.</summary>
public enum StoreDurability
{
    /// <summary>The store does not tell, or has not been asked yet; count on <see cref="EverySecond"/>.</summary>
    Unknown = 1,

    /// <summary>Nothing for certain: an operator has accepted that.</summary>
    AcceptedLoss,

    /// <summary>All but about the last second.</summary>
    EverySecond,

    /// <summary>Everything that was acknowledged.</summary>
    EveryWrite,
}
