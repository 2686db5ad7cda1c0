using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Demo;

/// <summary>
/// The last days of the demo town, played through with the product's own rules and a clock in the past: what people said, whom they knew, what their groups learnt and released. Nothing is
/// invented but the signals, so what the first look shows is what the service would have shown had it been running.
/// </summary>
internal sealed class DemoPast
{
    private const int Days = 24;

    /// <summary>The systems of acme that know of people around a customer.</summary>
    private static readonly SourceId[] _claimants = [new("acme/crm"), new("acme/chat")];

    private readonly GroupSecret _secret;
    private readonly DemoResident[] _residents;
    private readonly Dictionary<CustomerKey, DemoResident> _byKey;
    private readonly DateTimeOffset _now;

    public DemoPast(IReadOnlyList<DemoPerson> people, IReadOnlyList<CustomerKey> keys, Func<Signal, string?, ScoredSignal?> score, GroupSecret secret, DateTimeOffset now)
    {
        (_secret, _now) = (secret, now);
        _residents = [.. people.Select((person, i) => new DemoResident(i + 1, keys[i], person, score))];
        _byKey = _residents.ToDictionary(resident => resident.Key);
        Tribes = new DemoTribes(secret, now);
    }

    /// <summary>Everybody, as they are now.</summary>
    public IReadOnlyList<DemoResident> Residents => _residents;

    /// <summary>The tribes, as they are now.</summary>
    public DemoTribes Tribes { get; }

    /// <summary>Plays it.</summary>
    public void Play()
    {
        var first = _now.AddDays(-Days);
        foreach (var resident in _residents)
        {
            Meet(resident, first);
        }

        for (var day = 0; day <= Days; day++)
        {
            Live(first.AddDays(day));
        }

        Tribes.Advance(_now, _now);
    }

    private void Meet(DemoResident resident, DateTimeOffset at)
    {
        var people = _residents.Length;
        var said = new List<Signal>();
        said.AddRange(DemoTies.Friends(resident.Number, people).Select(other => Tie(resident, other, TieKind.Friend, at)));
        said.AddRange(DemoTies.Follows(resident.Number, people).Select(other => Tie(resident, other, TieKind.Follows, at)));
        said.AddRange(DemoTies.Tribes(resident.Number).Select(tribe => Membership(resident, tribe, SourceId.Customer, at)));
        said.AddRange(DemoTies.Proposed(resident.Number, people).SelectMany(other => _claimants.Select(source => Tie(resident, other, TieKind.Friend, at) with { Source = source })));
        said.AddRange(DemoTies.ProposedTribes(resident.Number).Select(tribe => Membership(resident, tribe, _claimants[0], at)));
        resident.Ties = said.Aggregate(resident.Ties, (ties, signal) => TiesRules.Take(ties, resident.Key, signal, _secret, at).Value ?? ties);
        foreach (var friend in DemoTies.Friends(resident.Number, people).Select(number => _residents[number - 1]))
        {
            friend.Ties = TieRules.ReceiveStatement(friend.Ties, resident.Key, TieRules.Find(resident.Ties, friend.Key, TieKind.Friend)!.Mine);
            resident.Followers.Add((friend.Key, TieKind.Friend));
        }

        foreach (var known in DemoTies.Follows(resident.Number, people).Select(number => _residents[number - 1]))
        {
            known.Followers.Add((resident.Key, TieKind.Follows));
        }
    }

    private RelationshipSignal Tie(DemoResident resident, int other, TieKind kind, DateTimeOffset at) => new()
    {
        Id = $"demo-{resident.Number}-{kind}-{other}",
        Source = SourceId.Customer,
        OccurredAt = at,
        Other = _residents[other - 1].Key,
        Kind = kind,
        Change = TieChange.Began,
    };

    private static MembershipSignal Membership(DemoResident resident, TribeId tribe, SourceId source, DateTimeOffset at) => new()
    {
        Id = $"demo-{resident.Number}-{tribe}",
        Source = source,
        OccurredAt = at,
        Tribe = tribe,
        Change = TieChange.Began,
    };

    /// <summary>The thanks that somebody got on the day before <paramref name="at"/>; people thank them every other day.</summary>
    private IEnumerable<ReputationSignal> Thanks(DemoResident resident, DateTimeOffset at) => DemoTies.ThankedBy(resident.Number, _residents.Length)
        .Select((giver, i) => new ReputationSignal
        {
            Id = $"demo-{resident.Number}-thanks-{giver}",
            Source = _claimants[0],
            OccurredAt = _now.AddDays(-2 * ((i % DemoTies.Thankful) + 1)),
            Kind = ReputationKind.AcceptedAnswer,
            Topic = DemoTown.MatterOf(resident.Number).Thing,
            Giver = _residents[giver - 1].Key,
        })
        .Where(thanks => thanks.OccurredAt > at.AddDays(-1) && thanks.OccurredAt <= at);

    private void Live(DateTimeOffset at)
    {
        Tribes.Advance(at.AddDays(-1), at);
        foreach (var resident in _residents)
        {
            resident.Hear(at);
            resident.Ties = Thanks(resident, at).Aggregate(resident.Ties, (ties, thanks) => TiesRules.Take(ties, resident.Key, thanks, _secret, at).Value ?? ties);
            var before = resident.Ties;
            var decided = OutboxRules.Decide(resident.Reachable(before), resident.Consent, () => VoiceRules.Of(resident.Context, before.Influence, at), at);
            var withReading = ReadersOutboxRules.Decide(decided, resident.Consent, () => ReadingRules.Of(resident.Context, at), at);
            TellReaders(resident, withReading.Outbox.Readings, at);
            resident.Ties = resident.Acknowledged(withReading);
            if (decided.Outbox.Number > before.Outbox.Number)
            {
                Tell(resident, at);
            }
        }
    }

    /// <summary>Tells the readers of each company what is due. Somebody whom nothing helped any more is not taken out: they lapse, as whoever falls silent does.</summary>
    private void TellReaders(DemoResident resident, ImmutableArray<ReadersPlace> places, DateTimeOffset at)
    {
        foreach (var place in places)
        {
            if (place is { IsPending: true, Sent: { } sent })
            {
                var reader = _secret.Pseudonym(resident.Key, place.Group);
                Tribes.Put(place.Group, resident.Number, ContributionRules.Make(sent, reader, place.Due, DateTimeOffset.FromUnixTimeSeconds(place.Since)), at);
            }
        }
    }

    private void Tell(DemoResident resident, DateTimeOffset at)
    {
        if (resident.Ties.Outbox is not { Sent: { } sent } outbox)
        {
            return;
        }

        foreach (var place in outbox.Placements)
        {
            var pseudonym = _secret.Pseudonym(resident.Key, place.Group);
            Tribes.Put(place.Group, resident.Number, ContributionRules.Make(sent, pseudonym, place.Due, DateTimeOffset.FromUnixTimeSeconds(place.Since)), at);
        }

        var announcement = Announcement.Of(resident.Key, outbox);
        foreach (var (follower, kind) in resident.Followers)
        {
            var other = _byKey[follower];
            other.Ties = NetworkRules.Receive(other.Ties, follower, TieRules.Find(other.Ties, resident.Key, kind)!, announcement, _secret, at);
        }
    }
}
