using System.Collections.Immutable;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains.Tribes;

namespace CustomerContext.Grains.Ties;

/// <summary>What every customer needs for the people around them.</summary>
/// <param name="Secret">From which pseudonyms come.</param>
/// <param name="Releases">What tribes have released.</param>
/// <param name="Tribes">The tribes there are, with what they are about.</param>
public sealed record TiesTools(GroupSecret Secret, TribeReleases Releases, ImmutableArray<TribeTopics> Tribes);
