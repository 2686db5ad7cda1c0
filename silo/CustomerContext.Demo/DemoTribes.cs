using CustomerContext.Domain;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Demo;

/// <summary>The tribes, and the readers of a company, while the town's past is played.</summary>
internal sealed class DemoTribes(GroupSecret secret, DateTimeOffset now)
{
    /// <summary>Since so many days tribes ask their members: their first question is still open, so who says yes to being asked sees one at once.</summary>
    private const int AskingDays = 7;

    private readonly Dictionary<GroupId, DemoTribe> _tribes = [];

    /// <summary>Each tribe of each audience, and each company's readers.</summary>
    public IReadOnlyDictionary<GroupId, DemoTribe> All => _tribes;

    /// <summary>The shard of person <paramref name="number"/>: each takes so many people that all of them may be in one tribe.</summary>
    public static int ShardOf(int number) => number / Limits.Groups.ShardMembers;

    /// <summary>A contribution of person <paramref name="number"/>; it is folded with the others of its day.</summary>
    public void Put(GroupId group, int number, Contribution contribution, DateTimeOffset at)
    {
        if (!_tribes.TryGetValue(group, out var tribe))
        {
            _tribes[group] = tribe = new DemoTribe(group.Kind == GroupKind.Tribe ? DemoTies.TopicsOf(group.Name) : null, now.AddDays(-AskingDays), secret.ReleaseMinute(group), at);
        }

        tribe.Put(ShardOf(number), contribution);
    }

    /// <summary>Folds what came since, as of <paramref name="cameAt"/>, and makes every release that is due by <paramref name="at"/>.</summary>
    public void Advance(DateTimeOffset cameAt, DateTimeOffset at)
    {
        foreach (var (group, tribe) in _tribes)
        {
            tribe.Fold(cameAt);
            tribe.Release(due => secret.Seed(group, due), at);
        }
    }
}

/// <summary>One tribe as one audience sees it; if it is about nothing, the readers of a company.</summary>
internal sealed class DemoTribe(TribeTopics? about, DateTimeOffset asksFrom, int minute, DateTimeOffset begun)
{
    private readonly SortedDictionary<int, List<Contribution>> _arrived = [];

    public TribeState State { get; private set; } = TribeState.Empty with { Due = ReleaseClock.Next(minute, Cadence.Daily, begun) };

    public List<TribeShardState> Shards { get; } = [];

    public void Put(int shard, Contribution contribution)
    {
        if (!_arrived.TryGetValue(shard, out var arrived))
        {
            _arrived[shard] = arrived = [];
        }

        arrived.Add(contribution);
    }

    public void Fold(DateTimeOffset at)
    {
        foreach (var (shard, arrived) in _arrived)
        {
            while (Shards.Count <= shard)
            {
                Shards.Add(TribeShardState.Empty);
            }

            Shards[shard] = Shards[shard] with { Members = GroupRules.Apply(Shards[shard].Members, arrived, [], at, Limits.Groups.ShardMembers).Members };
        }

        _arrived.Clear();
        State = State with { Shards = Shards.Count };
    }

    public void Release(Func<DateTimeOffset, ReleaseSeed> seed, DateTimeOffset now)
    {
        while (State.Due is { } at && at <= now)
        {
            for (var i = 0; i < Shards.Count; i++)
            {
                Shards[i] = Shards[i].Seal(State.Round + 1, at);
            }

            var sums = Shards.Aggregate(GroupSums.Zero, (all, shard) => all + shard.Sealed!.Sums);
            State = about is null ? State.ReleaseReaders(sums, seed(at), minute, at) : State.Release(sums, seed(at), minute, at, at < asksFrom ? null : about);
            for (var i = 0; i < Shards.Count && State.IsMarking; i++)
            {
                Shards[i] = Shards[i].RecordReleased(State.Round, at, null);
            }

            State = State with { IsMarking = false };
        }
    }
}
