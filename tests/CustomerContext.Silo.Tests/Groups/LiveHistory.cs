using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Testing.Groups.Town;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>A random history of a town, told to a live silo and to the model of the whole town alike.</summary>
internal sealed class LiveHistory : IAsyncDisposable
{
    private const int Inhabitants = 75;
    private const int Hubs = 12;
    private const int GatheringsADay = 5;
    private static readonly string[] _audiences = ["service.support", "service.complaint", "publish"];
    private static readonly string[] _tribes = ["e-bikers", "night-owls"];
    private static readonly byte[] _key = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 5))];

    private readonly Random _random;
    private readonly JumpingTime _calendar = new();
    private readonly LiveTown _town;
    private readonly HashSet<(string Kind, string One, string Other)> _ties = [];
    private readonly List<CustomerKey> _people;
    private int _named;

    /// <param name="seed">Which history.</param>
    /// <param name="store">What to add to the silo's command line to choose the store.</param>
    public LiveHistory(int seed, string[] store)
    {
        // So late that no group releases before the first whole day.
        _calendar.Jump(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(30));
        _random = new Random(seed);
        _town = new LiveTown(_key, _calendar, new Random(seed + 1), store);
        _people = [.. Enumerable.Range(0, Inhabitants).Select(_ => Somebody())];
        Model = new TownModel(_key, Now.ToUnixTimeSeconds());
    }

    public TownModel Model { get; }

    public GroupSilo Silo => _town.Silo;

    public int Crashes => _town.Crashes;

    public DateTimeOffset Now => _calendar.GetUtcNow();

    private long At => Now.ToUnixTimeSeconds();

    /// <summary>Everybody moves in.</summary>
    public async Task Begin()
    {
        await _town.Start();
        await _town.Do([.. _people.Select(Settle)], _people, crashes: false);
        await _town.Do([.. _people.Select(one => Befriend(one, _people[_random.Next(Hubs)]))], _people, crashes: false);
    }

    /// <summary>The next day: what fades does so at midnight, tribes release at their minutes, and in between people say something.</summary>
    public async Task Live()
    {
        var midnight = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        JumpTo(midnight);
        await _town.Remind(_people);
        var releases = from tribe in _tribes
                       from audience in _audiences
                       let @group = GroupId.Tribe(tribe, new Audience(audience))
                       select (At: midnight.AddMinutes(Silo.Secret.ReleaseMinute(@group)), Do: (Func<Task>)(() => Release(@group)));
        var gatherings = Enumerable.Range(0, GatheringsADay).Select(_ => (At: midnight.AddMinutes(_random.Next(1, 1_439)).AddSeconds(_random.Next(1, 60)), Do: (Func<Task>)Gather));
        foreach (var (at, happen) in releases.Concat(gatherings).OrderBy(next => next.At).ToArray())
        {
            JumpTo(at);
            await happen();
        }

        JumpTo(midnight.AddDays(1).AddSeconds(-1));
        await _town.Remind(_people);
    }

    public ValueTask DisposeAsync() => _town.DisposeAsync();

    private void JumpTo(DateTimeOffset moment)
    {
        _calendar.JumpTo(moment);
        Model.Advance(At);
    }

    private Task Release(GroupId tribe) => _town.Do([silo => silo.Remind(tribe)], _people, crashes: _random.Next(8) == 0);

    /// <summary>Some people do something, all at the same time, none of them two things.</summary>
    private Task Gather()
    {
        var idle = _people.ToList();
        var calls = Enumerable.Range(0, _random.Next(5, 16)).Select(_ => Happen(Draw(idle), idle)).ToArray();
        return _town.Do(calls, _people, crashes: _random.Next(5) == 0);
    }

    private CustomerKey Draw(List<CustomerKey> idle)
    {
        var drawn = idle[_random.Next(idle.Count)];
        idle.Remove(drawn);
        return drawn;
    }

    private Func<GroupSilo, Task> Happen(CustomerKey who, List<CustomerKey> idle) => _random.Next(100) switch
    {
        < 50 => Turn(who),
        < 70 => Answer(who),
        < 78 => Befriend(who, Draw(idle)),
        < 82 => Unfriend(who, idle),
        < 87 => Follow(who, Draw(idle)),
        < 91 => Leave(who, _tribes[0]),
        < 95 => Join(who, _tribes[0]),
        < 98 => Consent(who),
        _ => Erase(who),
    };

    private CustomerKey Somebody() => new($"{++_named:x32}");

    private Func<GroupSilo, Task> Settle(CustomerKey who)
    {
        Func<GroupSilo, Task>[] all = [Consent(who), .. _tribes.Where(_ => _random.Next(12) > 0).Select(tribe => Join(who, tribe)), Answer(who)];
        return async silo =>
        {
            foreach (var one in all)
            {
                await one(silo);
            }
        };
    }

    private Func<GroupSilo, Task> Consent(CustomerKey who)
    {
        string[] audiences = [.. _audiences.Where(_ => _random.Next(12) > 0)];
        Model.Consent(who.Value, At, audiences);
        return silo => silo.SetPreferences(who, audiences.Contains("publish"), [.. audiences.Where(audience => audience != "publish")]);
    }

    private Func<GroupSilo, Task> Turn(CustomerKey who)
    {
        int? score = _random.Next(5) == 0 ? null : _random.Next(-1_000, 1_001);
        var weight = _random.Next(200, 1_001);
        string[] topics = _random.Next(2) == 0 ? [] : [$"topic{_random.Next(5)}"];
        Model.Turn(who.Value, At, score, weight, topics);
        var turn = Silo.Turn(score, weight, topics);
        return silo => silo.Publish(who, turn);
    }

    private Func<GroupSilo, Task> Answer(CustomerKey who)
    {
        var answer = _random.Next(1, 6);
        Model.Answer(who.Value, At, (answer - 3) * 500);
        return Publish(who, Silo.Answer(answer) with { Topics = [] });
    }

    private Func<GroupSilo, Task> Join(CustomerKey who, string tribe)
    {
        Model.Join(who.Value, tribe, At);
        return _ties.Add((nameof(GroupKind.Tribe), who.Value, tribe)) ? Publish(who, Silo.Join(tribe)) : Nothing;
    }

    private Func<GroupSilo, Task> Leave(CustomerKey who, string tribe)
    {
        Model.Leave(who.Value, tribe, At);
        return _ties.Remove((nameof(GroupKind.Tribe), who.Value, tribe)) ? Publish(who, Silo.Join(tribe, TieChange.Ended)) : Nothing;
    }

    private Func<GroupSilo, Task> Befriend(CustomerKey one, CustomerKey other)
    {
        if (one == other || !_ties.Add(Friends(one, other)))
        {
            return Nothing;
        }

        Model.Befriend(one.Value, other.Value, At);
        var (mine, theirs) = (Silo.Tie(other), Silo.Tie(one));
        return async silo =>
        {
            await silo.Publish(one, mine);
            await silo.Publish(other, theirs);
        };
    }

    private Func<GroupSilo, Task> Unfriend(CustomerKey who, List<CustomerKey> idle)
    {
        var friend = idle.Find(other => _ties.Contains(Friends(who, other)));
        if (friend == default)
        {
            return Nothing;
        }

        idle.Remove(friend);
        _ties.Remove(Friends(who, friend));
        Model.Unfriend(who.Value, friend.Value, At);
        return Publish(who, Silo.Tie(friend, change: TieChange.Ended));
    }

    private Func<GroupSilo, Task> Follow(CustomerKey who, CustomerKey followed)
    {
        if (!_ties.Add((nameof(GroupKind.Followed), who.Value, followed.Value)))
        {
            return Nothing;
        }

        Model.Follow(who.Value, followed.Value, At);
        return Publish(who, Silo.Tie(followed, TieKind.Follows));
    }

    /// <summary>Whoever is erased comes back as somebody else.</summary>
    private Func<GroupSilo, Task> Erase(CustomerKey who)
    {
        Model.Erase(who.Value, At);
        _ties.RemoveWhere(tie => tie.One == who.Value || tie.Other == who.Value);
        var next = Somebody();
        _people[_people.IndexOf(who)] = next;
        var settle = Settle(next);
        return async silo =>
        {
            await silo.Customer(who).Erase([]);
            await settle(silo);
        };
    }

    private static (string Kind, string One, string Other) Friends(CustomerKey one, CustomerKey other) =>
        string.CompareOrdinal(one.Value, other.Value) < 0
            ? (nameof(GroupKind.Friends), one.Value, other.Value)
            : (nameof(GroupKind.Friends), other.Value, one.Value);

    private static Func<GroupSilo, Task> Publish(CustomerKey who, Signal signal) => silo => silo.Publish(who, signal);

    private static Task Nothing(GroupSilo silo) => Task.CompletedTask;
}
