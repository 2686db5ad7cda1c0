using System.Collections.Immutable;

namespace CustomerContext.Domain.Groups;

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

    /// <summary>Whoever contributes since another moment than before was gone in between, whether the removal has come yet or not.</summary>
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
