using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>An implicit sign of interest: a mention of topics with a small weight. It says nothing about feelings, whatever was done.</summary>
[GenerateSerializer, Immutable, Alias("BehaviourSignal")]
public sealed record BehaviourSignal : Signal
{
    /// <summary>The resource's address or id, 1 to 256 bytes.</summary>
    [Id(0)]
    public string Resource { get; init; } = "";

    /// <summary>What was done with it.</summary>
    [Id(1)]
    public BehaviourAction Action { get; init; }

    /// <summary>What the resource is about: at most 8 topics, normalised by <see cref="TopicName"/>.</summary>
    [Id(2)]
    public ImmutableArray<string> Topics { get; init; } = [];
}

/// <summary>What was done with a resource.</summary>
public enum BehaviourAction
{
    /// <summary>Opened.</summary>
    View = 1,

    /// <summary>Stayed on.</summary>
    Dwell = 2,

    /// <summary>Scrolled through.</summary>
    Scroll = 3,

    /// <summary>Bookmarked.</summary>
    Bookmark = 4,

    /// <summary>Come back to.</summary>
    Return = 5,

    /// <summary>Searched, and found.</summary>
    Search = 6,

    /// <summary>Said to have helped, or not asked after any more.</summary>
    Helped = 7,
}
