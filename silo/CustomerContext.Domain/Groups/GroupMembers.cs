using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>
/// A group, or one shard of it: the latest contribution of each member and nothing else. Messages may come repeated, late and in any order;
/// the result is the same. How it changes: <see cref="GroupRules"/>; what it adds up to: <see cref="GroupSums"/>.
/// </summary>
/// <param name="Members">By pseudonym, ascending.</param>
/// <param name="Removals">By pseudonym, ascending: who left within the last day. Nobody is in both.</param>
/// <param name="Gone">How many of those whom the last release heard were removed since.</param>
[GenerateSerializer, Immutable, Alias("GroupMembers")]
public sealed record GroupMembers(
    [property: Id(0)] ImmutableArray<GroupMember> Members,
    [property: Id(1)] ImmutableArray<GroupRemoval> Removals,
    [property: Id(2)] int Gone)
{
    /// <summary>Nobody.</summary>
    public static GroupMembers Empty { get; } = new([], [], 0);
}

/// <summary>One member.</summary>
/// <param name="Contribution">Their latest.</param>
/// <param name="Released">Their score as the last release had it; absent if they were not heard in it.</param>
[GenerateSerializer, Immutable, Alias("GroupMember")]
public sealed record GroupMember([property: Id(0)] Contribution Contribution, [property: Id(1)] ReleasedScore? Released);

/// <summary>What the last release was told of a member, to compare the next one with.</summary>
/// <param name="Score">In 1/50.</param>
/// <param name="PostScore">In 1/50; absent as in the contribution.</param>
[GenerateSerializer, Immutable, Alias("ReleasedScore")]
public readonly record struct ReleasedScore([property: Id(0)] int Score, [property: Id(1)] int? PostScore);

/// <summary>Somebody who was taken out.</summary>
/// <param name="Removal">Up to which version.</param>
/// <param name="KeptUntil">Unix second at which it is forgotten.</param>
[GenerateSerializer, Immutable, Alias("GroupRemoval")]
public sealed record GroupRemoval([property: Id(0)] Removal Removal, [property: Id(1)] long KeptUntil);

/// <summary>A group after some messages.</summary>
/// <param name="Members">After them.</param>
/// <param name="Refused">Whose contribution found no room. All other messages are done with: taken, known already, or void.</param>
[GenerateSerializer, Immutable, Alias("GroupStep")]
public sealed record GroupStep([property: Id(0)] GroupMembers Members, [property: Id(1)] ImmutableArray<Pseudonym> Refused);

/// <summary>How messages change a group. Pure; what is the latest of a member does not depend on the order or number of messages.</summary>
public static class GroupRules
{
    /// <summary>
    /// The group after a batch, without what has lapsed by <paramref name="now"/>. Costs one pass over the group, however many messages there are. The same
    /// instance if nothing changed.
    /// </summary>
    /// <param name="group">Before.</param>
    /// <param name="arrived">Contributions, of any members, in any order.</param>
    /// <param name="removals">Removals; at the same version they beat contributions.</param>
    /// <param name="now">The moment.</param>
    /// <param name="limit">Most members and remembered removals; new members beyond it are refused.</param>
    public static GroupStep Apply(
        GroupMembers group,
        IEnumerable<Contribution> arrived,
        IEnumerable<Removal> removals,
        DateTimeOffset now,
        int limit)
    {
        var merge = new GroupMerge(group, now.ToUnixTimeSeconds(), limit);
        merge.Take(arrived);
        merge.Take(removals);
        return merge.Run();
    }

    /// <summary>The group without members whose contribution has lapsed and removals older than a day.</summary>
    public static GroupMembers Tidy(GroupMembers group, DateTimeOffset now) => Apply(group, [], [], now, int.MaxValue).Members;

    /// <summary>The group with the scores of each member that a release was just made from remembered as those of that release.</summary>
    /// <param name="group">Before.</param>
    /// <param name="releasedAt">The moment of the release.</param>
    /// <param name="since">As in <see cref="GroupSums.Of"/>.</param>
    public static GroupMembers RecordReleased(GroupMembers group, DateTimeOffset releasedAt, DateTimeOffset? since = null)
    {
        var second = releasedAt.ToUnixTimeSeconds();
        var latest = since?.ToUnixTimeSeconds() ?? long.MaxValue;
        return group with
        {
            Members = [.. group.Members.Select(member => member with
            {
                Released = member.Contribution.Counts(second, latest) && member.Contribution.IsHeard(second)
                    ? new ReleasedScore(member.Contribution.Score!.Value, member.Contribution.PostScore)
                    : null,
            })],
            Gone = 0,
        };
    }
}

/// <summary>Merges a batch of messages into a group: three lists in the order of pseudonyms, walked once.</summary>
internal sealed class GroupMerge(GroupMembers group, long now, int limit)
{
    private readonly SortedDictionary<Pseudonym, Change> _changes = [];
    private readonly ImmutableArray<GroupMember>.Builder _members = ImmutableArray.CreateBuilder<GroupMember>(group.Members.Length);
    private readonly ImmutableArray<GroupRemoval>.Builder _removals = ImmutableArray.CreateBuilder<GroupRemoval>(group.Removals.Length);
    private readonly ImmutableArray<Pseudonym>.Builder _refused = ImmutableArray.CreateBuilder<Pseudonym>();
    private int _room = Math.Max(0, limit - group.Members.Length - group.Removals.Length);
    private int _gone = group.Gone;
    private bool _isChanged;

    public void Take(IEnumerable<Contribution> arrived)
    {
        foreach (var contribution in arrived)
        {
            var change = _changes.GetValueOrDefault(contribution.Pseudonym);
            if (change.Contribution is null || contribution.Version > change.Contribution.Version)
            {
                _changes[contribution.Pseudonym] = change with { Contribution = contribution };
            }
        }
    }

    public void Take(IEnumerable<Removal> removals)
    {
        foreach (var removal in removals)
        {
            var change = _changes.GetValueOrDefault(removal.Pseudonym);
            if (change.Removal is null || removal.Version > change.Removal.Version)
            {
                _changes[removal.Pseudonym] = change with { Removal = removal };
            }
        }
    }

    public GroupStep Run()
    {
        var (member, removed) = (0, 0);
        foreach (var (pseudonym, change) in _changes)
        {
            KeepBefore(pseudonym, ref member, ref removed);
            var known = member < group.Members.Length && group.Members[member].Contribution.Pseudonym == pseudonym ? group.Members[member++] : null;
            var voided = removed < group.Removals.Length && group.Removals[removed].Removal.Pseudonym == pseudonym ? group.Removals[removed++] : null;
            Settle(known, voided, change);
        }

        KeepBefore(null, ref member, ref removed);
        return _isChanged
            ? new GroupStep(new GroupMembers(_members.DrainToImmutable(), _removals.DrainToImmutable(), _gone), _refused.ToImmutable())
            : new GroupStep(group, _refused.ToImmutable());
    }

    /// <summary>Members and removals before <paramref name="end"/>, of whom no message came.</summary>
    private void KeepBefore(Pseudonym? end, ref int member, ref int removed)
    {
        for (; member < group.Members.Length && !(group.Members[member].Contribution.Pseudonym >= end); member++)
        {
            Keep(group.Members[member]);
        }

        for (; removed < group.Removals.Length && !(group.Removals[removed].Removal.Pseudonym >= end); removed++)
        {
            Keep(group.Removals[removed]);
        }
    }

    private void Settle(GroupMember? known, GroupRemoval? voided, Change change)
    {
        var latest = change.Contribution is { } arrived && arrived.FreshUntil > now && !(known?.Contribution.Version >= arrived.Version)
            ? Renewed(known, arrived)
            : known;
        if (latest is null || voided?.Removal.Version >= latest.Contribution.Version || change.Removal?.Version >= latest.Contribution.Version)
        {
            _isChanged |= known is not null;
            _gone += known?.Released is null ? 0 : 1;
            Remove(voided, change.Removal);
        }
        else if (ReferenceEquals(latest, known))
        {
            Keep(known);
        }
        else if (known is null && voided is null && _room == 0)
        {
            _refused.Add(latest.Contribution.Pseudonym);
        }
        else
        {
            _room -= known is null && voided is null ? 1 : 0;
            _isChanged = true;
            _gone += known?.Released is not null && latest.Released is null ? 1 : 0;
            Keep(latest);
        }
    }

    /// <summary>A member whose <see cref="Contribution.Since"/> changed left and came back, even if the removal has not arrived yet. Their former released score no longer counts.</summary>
    private static GroupMember Renewed(GroupMember? known, Contribution arrived) =>
        new(arrived, known?.Contribution.Since == arrived.Since ? known.Released : null);

    private void Remove(GroupRemoval? known, Removal? next)
    {
        if (next is not null && !(known?.Removal.Version >= next.Version))
        {
            _isChanged = true;
            _removals.Add(new GroupRemoval(next, now + Limits.Groups.RemovalSeconds));
        }
        else if (known is not null)
        {
            Keep(known);
        }
    }

    private void Keep(GroupMember member)
    {
        if (member.Contribution.FreshUntil > now)
        {
            _members.Add(member);
        }
        else
        {
            _isChanged = true;
        }
    }

    private void Keep(GroupRemoval removal)
    {
        if (removal.KeptUntil > now)
        {
            _removals.Add(removal);
        }
        else
        {
            _isChanged = true;
        }
    }

    private readonly record struct Change(Contribution? Contribution, Removal? Removal);
}
