using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Attention;

/// <summary>What a company has somebody for. The numbers are those of the public contract.</summary>
public enum RosterKind
{
    /// <summary>They work for the company.</summary>
    Employee = 1,

    /// <summary>They work with it.</summary>
    Partner = 2,
}

/// <summary>A team or a person of a company, or of a partner of it, who answers on some topics. Nobody is scored: the company writes down who said that they want to be asked.</summary>
/// <param name="Name">How they are called, 1 to 48 characters.</param>
/// <param name="Kind">Whether they are of the company or of a partner.</param>
/// <param name="Reach">Where they are reached, for example an extension or a channel, at most 48 characters; empty: not said.</param>
/// <param name="Topics">On what they answer: 1 to 16 topics, normalised.</param>
[GenerateSerializer, Immutable, Alias("RosterEntry")]
public sealed record RosterEntry(
    [property: Id(0)] string Name, [property: Id(1)] RosterKind Kind, [property: Id(2)] string Reach, [property: Id(3)] ImmutableArray<string> Topics);

/// <summary>Who of a company could answer, as the company wrote it down.</summary>
/// <param name="Entries">At most 256.</param>
public sealed record Roster(ImmutableArray<RosterEntry> Entries)
{
    /// <summary>Nobody.</summary>
    public static Roster Nobody { get; } = new([]);

    /// <summary>
    /// Who could answer about <paramref name="topics"/>: whoever answers on more of them first, then the company's own people before partners, then as they are written down; at most
    /// <see cref="Limits.Attention.RosterShown"/>.
    /// </summary>
    public ImmutableArray<RosterEntry> For(ImmutableArray<string> topics) =>
    [
        .. Entries
            .Select(entry => (Entry: entry, Shared: entry.Topics.Count(topic => topics.Contains(topic))))
            .Where(one => one.Shared > 0)
            .OrderByDescending(one => one.Shared)
            .ThenBy(one => one.Entry.Kind)
            .Take(Limits.Attention.RosterShown)
            .Select(one => one.Entry),
    ];
}

/// <summary>Who knows the rosters of companies.</summary>
public interface IRosters
{
    /// <summary>The roster of a company; nobody for one that is not known or has none.</summary>
    Roster RosterOf(TenantId tenant);
}
