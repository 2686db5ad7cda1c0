namespace CustomerContext.Grains;

/// <summary>Signs receipts and checkpoints with a key of the published key set.</summary>
public interface IRecordSigner
{
    /// <summary>A compact JWS (RFC 7515) over <paramref name="content"/>.</summary>
    /// <param name="type">The <c>typ</c> of its header: so one kind of content is never taken for another.</param>
    /// <param name="content">JSON in UTF-8.</param>
    string Sign(string type, ReadOnlySpan<byte> content);
}

/// <summary>The types of what is signed.</summary>
public static class SignedTypes
{
    /// <summary>The receipt of a grant.</summary>
    public const string Consent = "consent-receipt";

    /// <summary>The receipt of an erasure.</summary>
    public const string Erasure = "erasure-receipt";

    /// <summary>Where a chain was cut.</summary>
    public const string Checkpoint = "chain-checkpoint";
}
