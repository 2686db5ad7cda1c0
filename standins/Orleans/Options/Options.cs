namespace Orleans.Configuration;

public class ClusterOptions
{
    /// <summary>Part of storage keys.</summary>
    public string ServiceId { get; set; } = null!;

    public string ClusterId { get; set; } = null!;
}

public class SiloMessagingOptions
{
    /// <summary>After this a caller gets a <see cref="TimeoutException"/>; what the grain then does is unknown. Default: 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A call that timed out has its cancellation token cancelled. Default: false.</summary>
    public bool CancelRequestOnTimeout { get; set; }
}

public class GrainCollectionOptions
{
    /// <summary>Activations not used for this long are ended. Default: 15 minutes; more than <see cref="CollectionQuantum"/>.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for. Default: one minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Ages of single classes, by their full names.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>How long activating may take. Default: 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long OnDeactivateAsync may take. Default: 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
