namespace CustomerContext.Domain.Groups;

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
    public static GroupMembers Mark(GroupMembers group, DateTimeOffset releasedAt, DateTimeOffset? since = null)
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
