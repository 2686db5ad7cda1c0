using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Groups;

namespace CustomerContext.Testing.Groups;

/// <summary>
/// A group under attack, day by day. Member 0 is the target; then come the accounts whose feelings the attacker knows. Signs are even, so that guessing blindly is right half of the time.
/// </summary>
public sealed class AttackTown
{
    private readonly Random _random;
    private readonly double[] _feelings;
    private int _version;

    /// <summary>Draws one.</summary>
    /// <param name="seed">Draws the same one again.</param>
    /// <param name="members">Target included.</param>
    /// <param name="known">How many of the others the attacker knows.</param>
    public AttackTown(int seed, int members, int known)
    {
        _random = new Random(seed);
        _feelings = [.. Enumerable.Range(0, members).Select(_ => (_random.Next(2) == 0 ? 1 : -1) * (0.3 + (0.6 * _random.NextDouble())))];
        Known = known;
        Scores = [.. _feelings.Select(Steps)];
        Posts = [.. Enumerable.Range(0, members).Select(_ => 1 + _random.Next(4))];
    }

    /// <summary>How many the attacker knows: members 1 to this.</summary>
    public int Known { get; }

    /// <summary>Contributed scores, in 1/50.</summary>
    public int[] Scores { get; }

    /// <summary>Posts of each.</summary>
    public int[] Posts { get; }

    /// <summary>What the attacker is after.</summary>
    public bool IsTargetPositive => _feelings[0] > 0;

    /// <summary>What the attacker knows: mean of the known scores in [-1, 1].</summary>
    public double KnownMean => Known == 0 ? 0 : Scores.Skip(1).Take(Known).Average() / Limits.Groups.ScoreSteps;

    /// <summary>The group.</summary>
    public GroupMembers Group { get; private set; } = GroupMembers.Empty;

    /// <summary>Those from <paramref name="first"/> up to, not including, <paramref name="end"/> contribute (again).</summary>
    public void Contribute(int first, int end, DateTimeOffset now, DateTimeOffset since)
    {
        _version++;
        var arrived = Enumerable.Range(first, end - first).Select(member => new Contribution(
            new Pseudonym(0, (ulong)member),
            new ContributionVersion(1, _version),
            Scores[member],
            Scores[member],
            Posts[member],
            Stratum.Few,
            since.ToUnixTimeSeconds(),
            now.AddDays(8).ToUnixTimeSeconds(),
            now.AddDays(8).ToUnixTimeSeconds(),
            ImmutableArray<ContributedTopic>.Empty));
        Group = GroupRules.Apply(Group, arrived, [], now, int.MaxValue).Members;
    }

    /// <summary>Somebody leaves or is erased.</summary>
    public void Remove(int member, DateTimeOffset now) =>
        Group = GroupRules.Apply(Group, [], [new Removal(new Pseudonym(0, (ulong)member), new ContributionVersion(1, ++_version))], now, int.MaxValue).Members;

    /// <summary>After a release.</summary>
    public void Replace(GroupMembers group) => Group = group;

    /// <summary>Life goes on: of the others from <paramref name="first"/> on, this share says something new.</summary>
    public void LiveOn(double share, int first, int end)
    {
        for (var member = first; member < end; member++)
        {
            if (_random.NextDouble() < share)
            {
                Scores[member] = Steps(Math.Clamp(_feelings[member] + (0.6 * (_random.NextDouble() - 0.5)), -1, 1));
            }
        }
    }

    private static int Steps(double score) => (int)Math.Round(score * Limits.Groups.ScoreSteps, MidpointRounding.AwayFromZero);
}
