using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Domain.Tests.Groups;

/// <summary>The product's rules put together as grains would: customers send when something is due; what is sent arrives late, repeated and in any order, but before the next release.</summary>
internal sealed class ProductTown(byte[] key, Random random)
{
    private readonly GroupSecret _secret = new(key);
    private readonly Dictionary<string, Person> _people = [];
    private readonly Dictionary<GroupId, Kept> _groups = [];

    public IEnumerable<GroupId> Groups => _groups.Keys;

    public void Take(string customer, ScoredSignal signal)
    {
        var person = Known(customer);
        person.State = CustomerRules.Apply(new CustomerKey(customer), person.State, signal).Value!.State;
        SendIfDue(customer, signal.Signal.OccurredAt);
    }

    public void Consent(string customer, DateTimeOffset now, string[] audiences)
    {
        var person = Known(customer);
        person.Consent = person.Consent with
        {
            Epoch = person.Consent.Epoch + 1,
            Preferences = Preferences.Off with
            {
                OfAge = true,
                Publish = audiences.Contains("publish"),
                Contribute = [.. audiences.Where(audience => audience != "publish").Select(audience => new Purpose(audience))],
            },
        };
        Settle(customer, now);
    }

    public void Begin(GroupKind kind, string name, string customer, DateTimeOffset now)
    {
        Known(customer).Ties.TryAdd((kind, name), now);
        Settle(customer, now);
    }

    public void End(GroupKind kind, string name, string customer, DateTimeOffset now)
    {
        Known(customer).Ties.Remove((kind, name));
        Settle(customer, now);
    }

    public void Erase(string customer, DateTimeOffset now)
    {
        Known(customer).Ties.Clear();
        Settle(customer, now);
        _people.Remove(customer);
        foreach (var (other, person) in _people.ToList())
        {
            foreach (var tie in person.Ties.Keys.Where(tie => tie.Kind != GroupKind.Tribe && tie.Name == customer).ToList())
            {
                person.Ties.Remove(tie);
            }

            Settle(other, now);
        }

        foreach (var network in _groups.Keys.Where(group => group.Kind != GroupKind.Tribe && group.Name == customer).ToList())
        {
            _groups.Remove(network);
        }
    }

    /// <summary>Reminders and releases up to and including <paramref name="until"/>.</summary>
    public void Advance(DateTimeOffset until)
    {
        while (true)
        {
            var check = _people.Where(person => person.Value.CheckAt <= until).Select(person => (At: person.Value.CheckAt, person.Key)).DefaultIfEmpty().MinBy(next => next.At);
            var release = _groups.Where(group => group.Value.NextAt <= until).Select(group => (At: group.Value.NextAt, group.Key)).DefaultIfEmpty().MinBy(next => next.At);
            if (check.Key is not null && (release.Key.Name is null || check.At <= release.At))
            {
                SendIfDue(check.Key, check.At);
            }
            else if (release.Key.Name is not null)
            {
                Deliver(release.Key, release.At);
                Release(release.Key, _groups[release.Key]);
            }
            else
            {
                return;
            }
        }
    }

    public GroupSums Sums(GroupId group, DateTimeOffset now)
    {
        Deliver(group, now);
        return GroupSums.Of(_groups[group].Members, now);
    }

    public TribeRelease? Tribe(GroupId group) => _groups[group].Tribe.Last;

    public NetworkMood? Network(GroupId group) => _groups[group].Network.Mood;

    private void Release(GroupId group, Kept kept)
    {
        var at = kept.NextAt;
        var minute = _secret.ReleaseMinute(group);
        if (group.Kind == GroupKind.Tribe)
        {
            kept.Tribe = TribeReleaseRules.Release(kept.Tribe, GroupSums.Of(kept.Members, at), _secret.Seed(group, at), minute, at);
            kept.Members = kept.Tribe.Last?.At == at ? GroupRules.RecordReleased(kept.Members, at) : kept.Members;
        }
        else
        {
            var step = NetworkReleaseRules.Release(kept.Network, kept.Members, _secret.Seed(group, NetworkReleaseRules.NoiseFrom(at)), at);
            (kept.Network, kept.Members) = (step.State, step.Members);
        }

        kept.NextAt = ReleaseClock.Next(minute, kept.Tribe.Cadence, at);
    }

    /// <summary>The customer's groups are those of their ties, for the audiences of their consent.</summary>
    private void Settle(string customer, DateTimeOffset now)
    {
        var person = Known(customer);
        var wanted = (from tie in person.Ties
                      from audience in ContributionRules.Audiences(person.Consent)
                      select new GroupId(tie.Key.Kind, tie.Key.Name, audience)).ToHashSet();
        foreach (var left in person.Since.Keys.Except(wanted).ToList())
        {
            person.Since.Remove(left);
            Kept(left, now).Outbox.Add((null, new Removal(_secret.Pseudonym(new CustomerKey(customer), left), person.Next())));
        }

        foreach (var entered in wanted.Except(person.Since.Keys.ToList()))
        {
            person.Since[entered] = now;
            person.Sent ??= Say(person, now);
            Send(customer, person, entered, now);
        }

        SendIfDue(customer, now);
    }

    private void SendIfDue(string customer, DateTimeOffset now)
    {
        var person = _people[customer];
        var voice = VoiceRules.Of(person.State, InfluenceState.Empty, now);
        if (ContributionRules.IsDue(voice, person.Sent, now))
        {
            person.Sent = Say(person, now);
            foreach (var group in person.Since.Keys)
            {
                Send(customer, person, group, now);
            }
        }

        person.CheckAt = ContributionRules.CheckAt(voice, person.Sent!);
    }

    private static SentContribution Say(Person person, DateTimeOffset now) =>
        ContributionRules.Send(VoiceRules.Of(person.State, InfluenceState.Empty, now), person.Sent, now);

    private void Send(string customer, Person person, GroupId group, DateTimeOffset now) => Kept(group, now).Outbox.Add((
        ContributionRules.Make(person.Sent!, _secret.Pseudonym(new CustomerKey(customer), group), person.Next(), person.Since[group]), null));

    private void Deliver(GroupId group, DateTimeOffset now)
    {
        var kept = _groups[group];
        var messages = kept.Outbox.Concat(kept.Outbox.Where(_ => random.Next(3) == 0)).Concat(kept.Lately).ToArray();
        random.Shuffle(messages);
        foreach (var batch in messages.Chunk(random.Next(1, 20)))
        {
            kept.Members = GroupRules.Apply(
                kept.Members, batch.Select(message => message.Said).OfType<Contribution>(), batch.Select(message => message.Left).OfType<Removal>(), now, 10_000).Members;
        }

        kept.Lately = [.. kept.Outbox.Where(_ => random.Next(2) == 0)]; // Some of it comes once more next time.
        kept.Outbox.Clear();
    }

    private Kept Kept(GroupId group, DateTimeOffset now) => _groups.TryGetValue(group, out var known)
        ? known
        : _groups[group] = new Kept { NextAt = ReleaseClock.Next(_secret.ReleaseMinute(group), Cadence.Daily, now) };

    private Person Known(string customer) => _people.TryGetValue(customer, out var known) ? known : _people[customer] = new Person();

    private sealed class Person
    {
        private long _number;

        public CustomerState State { get; set; } = CustomerState.Empty;

        public ConsentState Consent { get; set; } = ConsentState.None;

        public Dictionary<(GroupKind Kind, string Name), DateTimeOffset> Ties { get; } = [];

        public Dictionary<GroupId, DateTimeOffset> Since { get; } = [];

        public SentContribution? Sent { get; set; }

        public DateTimeOffset CheckAt { get; set; } = DateTimeOffset.MaxValue;

        public ContributionVersion Next() => new(Consent.Epoch, ++_number);
    }
}

/// <summary>A group as the product keeps it, and what is on its way.</summary>
internal sealed class Kept
{
    public GroupMembers Members { get; set; } = GroupMembers.Empty;

    public TribeHistory Tribe { get; set; } = TribeHistory.Empty;

    public NetworkState Network { get; set; } = NetworkState.Empty;

    public DateTimeOffset NextAt { get; set; }

    public List<(Contribution? Said, Removal? Left)> Outbox { get; } = [];

    public ImmutableArray<(Contribution? Said, Removal? Left)> Lately { get; set; } = [];
}
