namespace CustomerContext.Domain.Signals;

/// <summary>The normal form of topics.</summary>
public static class TopicName
{
    /// <summary>
    /// Lower case, no white space at the ends, one '-' for any white space between. Letters are not composed (the product runs without culture data,
    /// so .NET does not): senders send NFC.
    /// </summary>
    public static string Normalise(string topic) =>
        string.Join('-', topic.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
