namespace StackExchange.Redis;

/// <summary>What happens to commands while there is no connection. The current client's type, for <see cref="ConfigurationOptionsExtensions"/>.</summary>
public sealed class BacklogPolicy
{
    private BacklogPolicy()
    {
    }

    /// <summary>They wait for the next connection.</summary>
    public static BacklogPolicy Default { get; } = new();

    /// <summary>They fail at once.</summary>
    public static BacklogPolicy FailFast { get; } = new();
}
