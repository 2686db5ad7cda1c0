using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>What to look at, and in which interaction.</summary>
public sealed record LookupOptions
{
    /// <summary>Which facets; repeats count once. Default: all (empty).</summary>
    public IReadOnlyCollection<Facet> Facets { get; init; } = [];

    /// <summary>The call, case or chat in which a person looks, 1 to 64 characters. A program may leave it out. Default: none (empty).</summary>
    public string InteractionId { get; init; } = "";

    /// <summary>Language of the brief's words, a BCP 47 tag of at most 35 characters. Not one of en, de and fr, or empty: English. Default: empty.</summary>
    public string Language { get; init; } = "";

    /// <summary>
    /// Time for the call, all tries together; a watch has none. Default: that of the client's options (absent).
    /// </summary>
    public TimeSpan? Deadline { get; init; }
}
