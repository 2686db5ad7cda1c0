using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>The yeses that are not grants. Everything is off until the customer says so.</summary>
/// <param name="Collect">Sources whose signals may be kept.</param>
/// <param name="Contribute">Purposes for which the customer counts in the mood of their network and tribes.</param>
/// <param name="Publish">Count me in trends for third parties.</param>
/// <param name="Ask">You may ask me, at most once a month.</param>
/// <param name="OfAge">The customer has said that they are of age; without it nothing is collected, shared or contributed.</param>
/// <param name="LeaveMeAlone">No asking, no outreach, no proposals.</param>
[GenerateSerializer, Immutable, Alias("Preferences")]
public sealed record Preferences(
    [property: Id(0)] SourceScope Collect,
    [property: Id(1)] ImmutableArray<Purpose> Contribute,
    [property: Id(2)] bool Publish,
    [property: Id(3)] bool Ask,
    [property: Id(4)] bool OfAge,
    [property: Id(5)] bool LeaveMeAlone)
{
    /// <summary>What the customer wants to be called; absent if they have not said. Personal data.</summary>
    [Id(6)]
    public string? CallMe { get; init; }

    /// <summary>What the customer reads counts, among many, in what helped others.</summary>
    [Id(7)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ContributeReading { get; init; }

    /// <summary>A company that may see how much the customer's voice counts may ask them to help others.</summary>
    [Id(8)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MayBeContacted { get; init; }

    /// <summary>All off.</summary>
    public static Preferences Off { get; } = new(SourceScope.None, [], false, false, false, false);

    /// <summary>True if signals of <paramref name="source"/> may be kept.</summary>
    public bool Collects(SourceId source) => OfAge && Collect.Contains(source);
}
