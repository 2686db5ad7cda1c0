namespace CustomerContext.Domain.Signals;

/// <summary>The normal form of topics.</summary>
public static class TopicName
{
    /// <summary>
    /// Lower case, one '-' for any white space, '_' and '-' between, none at the ends. Letters are not composed (the product runs without culture data,
    /// so .NET does not): senders send NFC.
    /// </summary>
    public static string Normalise(string topic) =>
        string.Join('-', topic.ToLowerInvariant().Replace('_', ' ').Replace('-', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
