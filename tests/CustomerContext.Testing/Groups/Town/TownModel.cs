namespace CustomerContext.Testing.Groups.Town;

/// <summary>
/// The whole town, worked out in the plainest way: one thread, everything kept as it was said, everything worked out anew whenever it is asked for. Written from docs/groups.md, apart from the product's
/// code, to compare the product with. Times are unix seconds; what happens must be told in the order of its times. Every turn is a conversation of its own.
/// </summary>
/// <param name="key">The key of the silo's group secret.</param>
/// <param name="start">The moment from which on groups release.</param>
public sealed class TownModel(byte[] key, long start)
{
    private readonly TownSecret _secret = new(key);
    private readonly SortedDictionary<string, TownPerson> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Kind), Dictionary<string, long>> _members = [];
    private readonly Dictionary<TownGroup, TownMemory> _memories = [];

    /// <summary>The moment up to which everything has happened.</summary>
    public long Now { get; private set; } = start;

    /// <summary>Groups that ever had members, with an audience that anybody ever let themselves be counted for.</summary>
    public IEnumerable<TownGroup> Groups => _memories.Keys;

    /// <summary>A turn of the customer's own; score and weight in thousandths, no score if it says nothing of feeling.</summary>
    public void Turn(string customer, long at, int? score, int weight = 1_000, params string[] topics)
    {
        Advance(at);
        Person(customer).Turns.Add((at, score, weight, topics));
    }

    /// <summary>A survey answer, score in thousandths.</summary>
    public void Answer(string customer, long at, int score)
    {
        Advance(at);
        Person(customer).Answers.Add((at, score));
    }

    /// <summary>The audiences that the customer lets themselves be counted for, from now on.</summary>
    public void Consent(string customer, long at, params string[] audiences)
    {
        Advance(at);
        var person = Person(customer);
        foreach (var withdrawn in person.Audiences.Keys.Except(audiences).ToList())
        {
            person.Audiences.Remove(withdrawn);
            Gone(customer, group => group.Audience == withdrawn);
        }

        foreach (var given in audiences.Except(person.Audiences.Keys.ToList()))
        {
            person.Audiences[given] = at;
        }

        Meet();
    }

    /// <summary>Joins a tribe.</summary>
    public void Join(string customer, string tribe, long at) => Begin("Tribe", tribe, customer, at);

    /// <summary>Leaves it.</summary>
    public void Leave(string customer, string tribe, long at) => End("Tribe", tribe, customer, at);

    /// <summary>Two become friends; both have confirmed.</summary>
    public void Befriend(string one, string other, long at)
    {
        Begin("Friends", one, other, at);
        Begin("Friends", other, one, at);
    }

    /// <summary>They are friends no more.</summary>
    public void Unfriend(string one, string other, long at)
    {
        End("Friends", one, other, at);
        End("Friends", other, one, at);
    }

    /// <summary>One follows another.</summary>
    public void Follow(string follower, string followed, long at) => Begin("Followed", follower, followed, at);

    /// <summary>And does so no more.</summary>
    public void Unfollow(string follower, string followed, long at) => End("Followed", follower, followed, at);

    /// <summary>Everything of a customer is gone.</summary>
    public void Erase(string customer, long at)
    {
        Advance(at);
        Gone(customer, _ => true);
        _people.Remove(customer);
        foreach (var (group, members) in _members)
        {
            members.Remove(customer);
            if (group.Kind != "Tribe" && group.Group == customer)
            {
                members.Clear();
            }
        }

        foreach (var network in _memories.Keys.Where(group => group.Kind != "Tribe" && group.Name == customer).ToList())
        {
            _memories.Remove(network);
        }
    }

    /// <summary>Makes every release that is due by <paramref name="now"/>.</summary>
    public void Advance(long now)
    {
        while (_memories.Count > 0 && _memories.MinBy(memory => memory.Value.NextAt) is var (group, memory) && memory.NextAt <= now)
        {
            Release(group, memory);
        }

        Now = Math.Max(Now, now);
    }

    /// <summary>What a group adds up to at a moment not before <see cref="Now"/>.</summary>
    public TownSums Sums(TownGroup group, long now) => TownTribes.Sum(Voices(group, now).Values);

    /// <summary>What a tribe shows; absent if nothing.</summary>
    public TownTribeRelease? Tribe(TownGroup group) => _memories.GetValueOrDefault(group)?.Tribe;

    /// <summary>What a network shows; absent if nothing.</summary>
    public TownNetworkRelease? Network(TownGroup group) => _memories.GetValueOrDefault(group)?.Network;

    private void Release(TownGroup group, TownMemory memory)
    {
        var at = memory.NextAt;
        var minute = _secret.Minute(group) * 60;
        if (group.Kind == "Tribe")
        {
            TownTribes.Release(memory, Voices(group, at), _secret.Seed(group, at), at, minute);
        }
        else
        {
            var period = at / (28 * 86_400) * 28 * 86_400;
            var settled = Voices(group, at, at - (7 * 86_400)).Where(member => member.Value.Score is not null).ToDictionary();
            TownNetworks.Release(memory, settled, [.. settled.Keys.Select(customer => _secret.Pseudonym(customer, group))], _secret.Seed(group, period), at);
            memory.NextAt = at + 86_400;
        }
    }

    private SortedDictionary<string, TownVoice> Voices(TownGroup group, long now, long settledBy = long.MaxValue)
    {
        var voices = new SortedDictionary<string, TownVoice>(StringComparer.Ordinal);
        foreach (var (customer, since) in _members.GetValueOrDefault((group.Name, group.Kind)) ?? [])
        {
            if (_people.GetValueOrDefault(customer) is { } person && person.Audiences.TryGetValue(group.Audience, out var yes) && Math.Max(since, yes) <= settledBy)
            {
                voices[customer] = person.Voice(now);
            }
        }

        return voices;
    }

    private void Begin(string kind, string name, string customer, long at)
    {
        Advance(at);
        Person(customer);
        var members = _members.TryGetValue((name, kind), out var known) ? known : _members[(name, kind)] = [];
        members.TryAdd(customer, at);
        Meet();
    }

    private void End(string kind, string name, string customer, long at)
    {
        Advance(at);
        if (_members.GetValueOrDefault((name, kind))?.Remove(customer) == true)
        {
            Gone(customer, group => group.Kind == kind && group.Name == name);
        }
    }

    private void Gone(string customer, Func<TownGroup, bool> isFrom)
    {
        foreach (var (_, memory) in _memories.Where(memory => isFrom(memory.Key)))
        {
            memory.IsSomebodyGone |= memory.Last.Remove(customer);
        }
    }

    /// <summary>Groups come to be with their first member who lets themselves be counted.</summary>
    private void Meet()
    {
        foreach (var (group, members) in _members)
        {
            foreach (var audience in members.Keys.Where(_people.ContainsKey).SelectMany(customer => _people[customer].Audiences.Keys).Distinct())
            {
                var known = new TownGroup(group.Kind, group.Group, audience);
                if (!_memories.ContainsKey(known))
                {
                    var minute = _secret.Minute(known) * 60;
                    var today = Now / 86_400 * 86_400;
                    _memories[known] = new TownMemory { NextAt = today + minute > Now ? today + minute : today + minute + 86_400 };
                }
            }
        }
    }

    private TownPerson Person(string customer) => _people.TryGetValue(customer, out var known) ? known : _people[customer] = new TownPerson();
}
