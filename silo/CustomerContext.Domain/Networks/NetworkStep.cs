using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Networks;

/// <summary>A network after one of its release times.</summary>
/// <param name="State">What it shows.</param>
/// <param name="Members">Who is in it, marked if there is a new release.</param>
[GenerateSerializer, Immutable, Alias("NetworkStep")]
public sealed record NetworkStep([property: Id(0)] NetworkState State, [property: Id(1)] GroupMembers Members);
