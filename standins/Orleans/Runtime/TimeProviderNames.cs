namespace Orleans.Runtime;

/// <summary>Keys under which parts of the silo look for a clock of their own; without one they take the host's.</summary>
public static class TimeProviderNames
{
    public const string Grains = "Orleans.Grains";

    public const string Messaging = "Orleans.Messaging";

    public const string ActivationManagement = "Orleans.ActivationManagement";
}
