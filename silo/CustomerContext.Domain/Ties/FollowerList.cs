using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>One shard of the list of friends and followers who receive what a customer contributes. Pure.</summary>
/// <param name="Announcement">What they are to know; absent while nothing was said.</param>
/// <param name="Followers">In the order in which they came; at most <see cref="Limits.Ties.FollowersPerShard"/>.</param>
[GenerateSerializer, Immutable, Alias("FollowerList")]
public sealed record FollowerList([property: Id(0)] Announcement? Announcement, [property: Id(1)] ImmutableArray<Follower> Followers)
{
    /// <summary>Nobody to tell.</summary>
    public static FollowerList Empty { get; } = new(null, []);

    /// <summary>Those who have not acknowledged the latest.</summary>
    public ImmutableArray<Follower> Pending => Announcement is { } announcement ? [.. Followers.Where(follower => follower.Acknowledged < announcement.Version)] : [];

    /// <summary>
    /// True if <paramref name="announcement"/> withdraws something that a follower may still have: it lacks an audience of the former announcement, or the former announcement,
    /// which may itself have withdrawn an audience, has not reached everybody.
    /// </summary>
    public bool TakesBack(Announcement announcement) => Announcement is { } latest
        && (latest.Audiences.Except(announcement.Audiences).Any() || !Pending.IsEmpty);

    /// <summary>
    /// With one more to tell. The same list if they are there by this yes or a later one; by an earlier yes, they are told again, and an answer under way to what they were told before does not
    /// remove them. Absent if the shard is full.
    /// </summary>
    public FollowerList? Add(CustomerKey customer, TieKind kind, Stamp since)
    {
        var known = Followers.FirstOrDefault(follower => follower.Customer == customer && follower.Kind == kind);
        if (known.Customer == customer)
        {
            return known.Since >= since ? this : this with { Followers = Followers.Replace(known, new Follower(customer, kind, since, default)) };
        }

        return Followers.Length < Limits.Ties.FollowersPerShard ? this with { Followers = Followers.Add(new Follower(customer, kind, since, default)) } : null;
    }

    /// <summary>With one less, unless they are there by a yes later than <paramref name="ended"/>: a message may come late.</summary>
    public FollowerList Remove(CustomerKey customer, TieKind kind, Stamp ended) =>
        this with { Followers = Followers.RemoveAll(follower => follower.Customer == customer && follower.Kind == kind && follower.Since <= ended) };

    /// <summary>With something newer to tell.</summary>
    public FollowerList Announce(Announcement announcement) => Announcement?.Version >= announcement.Version ? this : this with { Announcement = announcement };

    /// <summary>The list after the answers to <paramref name="version"/>: who answered that there is no such tie is removed.</summary>
    public FollowerList Answered(ContributionVersion version, IReadOnlyDictionary<Follower, bool> isWanted) => this with
    {
        Followers =
        [
            .. Followers
                .Where(follower => isWanted.GetValueOrDefault(follower, true))
                .Select(follower => isWanted.ContainsKey(follower) ? follower with { Acknowledged = version } : follower),
        ],
    };
}

/// <summary>Somebody to tell.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Kind">As whom they know the one who tells.</param>
/// <param name="Since">The yes by which they are told.</param>
/// <param name="Acknowledged">What they have acknowledged.</param>
[GenerateSerializer, Immutable, Alias("Follower")]
public readonly record struct Follower(
    [property: Id(0)] CustomerKey Customer, [property: Id(1)] TieKind Kind, [property: Id(3)] Stamp Since, [property: Id(2)] ContributionVersion Acknowledged);
