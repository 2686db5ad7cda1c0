using System.Collections.Immutable;
using CustomerContext.Domain.Groups;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Domain.Tests.Groups;

/// <summary>Builders and generators: members, messages, batches.</summary>
internal static class Given
{
    /// <summary>A Thursday, 12:00 UTC.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 11, 19, 12, 0, 0, TimeSpan.Zero);

    public static GroupId Chess { get; } = GroupId.Tribe("chess", new Audience("service.support"));

    /// <summary>One message, of few members and versions so that they often meet.</summary>
    public static Gen<Message> Messages { get; } =
        from member in Gen.Choose(1, 6)
        from number in Gen.Choose(1, 8)
        from removes in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Message.Of(member, number, removes);

    public static Contribution Contribution(
        int member,
        int? score,
        Stratum stratum = Stratum.Few,
        int number = 1,
        int posts = 1,
        TimeSpan? fresh = null,
        TimeSpan? heard = null,
        DateTimeOffset? since = null,
        params ContributedTopic[] topics) => new(
            new Pseudonym(0, (ulong)member),
            new ContributionVersion(1, number),
            score,
            score,
            posts,
            stratum,
            (since ?? Noon.AddDays(-30)).ToUnixTimeSeconds(),
            score is null ? 0 : (Noon + (heard ?? TimeSpan.FromDays(8))).ToUnixTimeSeconds(),
            (Noon + (fresh ?? TimeSpan.FromDays(8))).ToUnixTimeSeconds(),
            [.. topics]);

    public static Removal Removal(int member, int number) => new(new Pseudonym(0, (ulong)member), new ContributionVersion(1, number));

    public static GroupMembers Group(params IEnumerable<Contribution> contributions) =>
        GroupRules.Apply(GroupMembers.Empty, contributions, [], Noon, int.MaxValue).Members;

    /// <summary>A group of so many with the scores of <paramref name="score"/>.</summary>
    public static GroupMembers Group(int members, Func<int, int?> score, Func<int, Stratum>? stratum = null) =>
        Group(Enumerable.Range(1, members).Select(member => Contribution(member, score(member), stratum?.Invoke(member) ?? Stratum.Few)));

    public static GroupMembers Deliver(this GroupMembers group, IEnumerable<Message> batch, DateTimeOffset now, int limit = int.MaxValue)
    {
        ImmutableArray<Message> messages = [.. batch];
        return GroupRules.Apply(
            group,
            messages.Select(message => message.Contribution).OfType<Contribution>(),
            messages.Select(message => message.Removal).OfType<Removal>(),
            now,
            limit).Members;
    }

    /// <summary>A member's message; the same member and version say the same always.</summary>
    internal sealed record Message(Contribution? Contribution, Removal? Removal)
    {
        public static Message Of(int member, int number, bool removes)
        {
            var hash = (member * 31) + (number * 17);
            return removes
                ? new Message(null, Given.Removal(member, number))
                : new Message(
                    Given.Contribution(
                        member,
                        hash % 4 == 0 ? null : (hash % 101) - 50,
                        (Stratum)(hash % 3),
                        number,
                        hash % 7,
                        fresh: TimeSpan.FromHours(number * 3), // Never earlier than in a message before.
                        heard: TimeSpan.FromHours(hash % 30),
                        topics: hash % 2 == 0 ? [new ContributedTopic("billing", hash % 51)] : [new ContributedTopic("jazz", 0), new ContributedTopic("billing", 3)]),
                    null);
        }
    }
}
