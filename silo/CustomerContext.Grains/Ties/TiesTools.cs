using CustomerContext.Domain.Groups;
using CustomerContext.Grains.Tribes;

namespace CustomerContext.Grains.Ties;

/// <summary>What every customer needs for the people around them.</summary>
/// <param name="Secret">From which pseudonyms come.</param>
/// <param name="Releases">What tribes have released.</param>
public sealed record TiesTools(GroupSecret Secret, TribeReleases Releases);
