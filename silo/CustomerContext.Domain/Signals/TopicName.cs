using System.Text;

namespace CustomerContext.Domain.Signals;

/// <summary>The normal form of topics.</summary>
public static class TopicName
{
    /// <summary>NFC, lower case, no white space at the ends, one '-' for any white space between.</summary>
    public static string Normalise(string topic) =>
        string.Join('-', topic.Normalize(NormalizationForm.FormC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
