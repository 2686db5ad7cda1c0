namespace CustomerContext.Testing.Groups.Town;

/// <summary>A group as the model names it.</summary>
/// <param name="Kind">Friends, Followed or Tribe.</param>
/// <param name="Name">The tribe, or the customer around whom the network is.</param>
/// <param name="Audience">A purpose, or publish.</param>
public sealed record TownGroup(string Kind, string Name, string Audience)
{
    /// <summary>As docs/groups.md writes it.</summary>
    public override string ToString() => $"{Kind}/{Name}/{Audience}";
}
