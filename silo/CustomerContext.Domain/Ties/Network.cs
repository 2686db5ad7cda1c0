using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What the people around a customer contribute for one audience, and what was released of it.</summary>
/// <param name="Kind">Friends, or those whom the customer follows.</param>
/// <param name="Audience">For whom.</param>
/// <param name="Members">What they contribute, by pseudonym.</param>
/// <param name="Releases">What was released.</param>
/// <param name="Due">When the next release is due; unix seconds.</param>
[GenerateSerializer, Immutable, Alias("Network")]
public sealed record Network(
    [property: Id(0)] GroupKind Kind,
    [property: Id(1)] Audience Audience,
    [property: Id(2)] GroupMembers Members,
    [property: Id(3)] NetworkState Releases,
    [property: Id(4)] long Due)
{
    /// <summary>The group of <paramref name="customer"/>.</summary>
    public GroupId GroupOf(CustomerKey customer) => new(Kind, customer.Value, Audience);

    /// <summary>The kind of group that a kind of tie leads to.</summary>
    public static GroupKind KindOf(TieKind kind) => kind == TieKind.Friend ? GroupKind.Friends : GroupKind.Followed;
}

/// <summary>
/// The networks around one customer. Releases are due once a day at the network's own minute; nothing need be running then, for before anything changes or is shown every release
/// that is due is made, as of its time, of what the members were. Pure.
/// </summary>
public static class NetworkRules
{
    private const int MostReleasesBehind = 40;

    /// <summary>The state with every release made that is due at <paramref name="now"/>; the same if none is.</summary>
    public static TiesState Advance(TiesState state, CustomerKey me, GroupSecret secret, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        var isInfluenceDue = state.InfluenceShown.Due is > 0 and var due && due <= second;
        return !isInfluenceDue && state.Networks.All(network => network.Due > second) ? state : state with
        {
            Networks = [.. state.Networks.Select(network => Advance(network, network.GroupOf(me), secret, second))],
            InfluenceShown = isInfluenceDue ? Shown(state, secret.ReleaseMinute(GroupId.Reached(me)), now) : state.InfluenceShown,
            Taken = state.Taken + 1,
        };
    }

    /// <summary>Until when <see cref="Advance(TiesState, CustomerKey, GroupSecret, DateTimeOffset)"/> changes nothing.</summary>
    public static DateTimeOffset NextRelease(TiesState state)
    {
        var dues = state.Networks.Select(network => network.Due);
        var next = (state.InfluenceShown.Due > 0 ? dues.Append(state.InfluenceShown.Due) : dues).DefaultIfEmpty(long.MaxValue).Min();
        return next < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(next) : DateTimeOffset.MaxValue;
    }

    /// <summary>The state after somebody told what they contribute.</summary>
    /// <param name="state">Before.</param>
    /// <param name="me">Around whom the networks are.</param>
    /// <param name="tie">The tie to who tells; it is held.</param>
    /// <param name="announcement">What they tell; for audiences that it does not name they are forgotten.</param>
    /// <param name="secret">From which pseudonyms come.</param>
    /// <param name="now">The moment.</param>
    public static TiesState Receive(TiesState state, CustomerKey me, Tie tie, Announcement announcement, GroupSecret secret, DateTimeOffset now)
    {
        var next = Advance(state, me, secret, now);
        var kind = Network.KindOf(tie.Kind);
        var audiences = next.Networks.Where(network => network.Kind == kind).Select(network => network.Audience)
            .Union(announcement.Audiences.Select(yes => yes.Audience));
        foreach (var audience in audiences.ToArray())
        {
            var network = next.Networks.FirstOrDefault(one => one.Kind == kind && one.Audience == audience) ?? New(kind, audience, me, secret, now);
            var pseudonym = secret.Pseudonym(announcement.From, network.GroupOf(me));
            var yes = announcement.Audiences.FirstOrDefault(one => one.Audience == audience);
            var step = yes.Since > 0 && announcement.Sent is { } sent
                ? GroupRules.Apply(network.Members, [Contribution(sent, pseudonym, announcement, tie, yes)], [], now, Limits.Ties.NetworkMembers)
                : GroupRules.Apply(network.Members, [], [new Removal(pseudonym, announcement.Version)], now, Limits.Ties.NetworkMembers);
            next = With(next, network with { Members = step.Members });
        }

        return next;
    }

    /// <summary>The state without what <paramref name="other"/> contributed, unless the tie to them is held.</summary>
    public static TiesState DropUnlessHeld(TiesState state, CustomerKey me, CustomerKey other, TieKind kind, GroupSecret secret, DateTimeOffset now)
    {
        if (state.Networks.IsEmpty || TieRules.Find(state, other, kind) is { IsHeld: true })
        {
            return state;
        }

        var next = Advance(state, me, secret, now);
        return next with
        {
            Networks = [.. next.Networks.Select(network => network.Kind == Network.KindOf(kind) ? Without(network, secret.Pseudonym(other, network.GroupOf(me))) : network)],
        };
    }

    private static Network Advance(Network network, GroupId group, GroupSecret secret, long now)
    {
        var minute = secret.ReleaseMinute(group);
        // After so many days all contributions have lapsed. The releases of the last days are enough to show that.
        var behind = ((now - network.Due) / Seconds.Day) - MostReleasesBehind;
        var due = network.Due + (Math.Max(0, behind) * Seconds.Day);
        while (due <= now)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(due);
            var step = NetworkReleaseRules.Release(network.Releases, network.Members, secret.Seed(group, NetworkReleaseRules.NoiseFrom(at)), at);
            due = ReleaseClock.Next(minute, Cadence.Daily, at).ToUnixTimeSeconds();
            network = network with { Members = step.Members, Releases = step.State, Due = due };
        }

        return network;
    }

    /// <summary>Influence fades by whole weeks only, so one release at the latest release time replaces all that were missed.</summary>
    private static InfluenceRelease Shown(TiesState state, int minute, DateTimeOffset now)
    {
        var at = ReleaseClock.Latest(minute, Cadence.Daily, now);
        return new InfluenceRelease(
            InfluenceRules.Of(state.Influence, at), at.ToUnixTimeSeconds(), ReleaseClock.Next(minute, Cadence.Daily, now).ToUnixTimeSeconds());
    }

    private static Network New(GroupKind kind, Audience audience, CustomerKey me, GroupSecret secret, DateTimeOffset now) => new(
        kind,
        audience,
        GroupMembers.Empty,
        NetworkState.Empty,
        ReleaseClock.Next(secret.ReleaseMinute(new GroupId(kind, me.Value, audience)), Cadence.Daily, now).ToUnixTimeSeconds());

    private static Contribution Contribution(SentContribution sent, Pseudonym pseudonym, Announcement announcement, Tie tie, AudienceYes yes) =>
        ContributionRules.Make(sent, pseudonym, announcement.Version, DateTimeOffset.FromUnixTimeSeconds(Math.Max(tie.HeldSince, yes.Since)));

    private static Network Without(Network network, Pseudonym pseudonym) => network with
    {
        // Whoever has gone is in no release of before that can be read.
        Releases = network.Releases with { History = [] },

        // This is not stored as a removal, which would refuse the person if they come back. Without a tie nothing of theirs is accepted anyway.
        Members = network.Members with
        {
            Members = network.Members.Members.RemoveAll(member => member.Contribution.Pseudonym == pseudonym),
            Gone = network.Members.Gone + network.Members.Members.Count(member => member.Contribution.Pseudonym == pseudonym && member.Released is not null),
        },
    };

    private static TiesState With(TiesState state, Network network) => state with
    {
        Networks =
        [
            .. state.Networks
                .Where(one => one.Kind != network.Kind || one.Audience != network.Audience)
                .Append(network)
                .OrderBy(one => one.Kind)
                .ThenBy(one => one.Audience.Value, StringComparer.Ordinal),
        ],
    };
}
