using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>A customer's consent as of one epoch. Every real change makes the next epoch; equal epochs of one customer mean equal consent.</summary>
/// <param name="Epoch">0 for a customer who has never said anything; + 1 with every change.</param>
/// <param name="Preferences">The yeses that are not grants.</param>
/// <param name="Grants">Live grants and the latest that ended, oldest first; at most <see cref="Limits.Consents.Grants"/>.</param>
/// <param name="PausedAt">Since when the customer has paused everything; absent while they have not.</param>
/// <param name="RecentRequests">
/// The latest requests, oldest first, so that a repeat is known; at most <see cref="Limits.Consents.RecentRequests"/> of the customer's, and beside them
/// <see cref="Limits.Consents.RecentRequestsOfTenants"/> of tenants'.
/// </param>
[GenerateSerializer, Immutable, Alias("ConsentState")]
public sealed record ConsentState(
    [property: Id(0)] long Epoch,
    [property: Id(1)] Preferences Preferences,
    [property: Id(2)] ImmutableArray<Grant> Grants,
    [property: Id(3)] DateTimeOffset? PausedAt,
    [property: Id(4)] ImmutableArray<RecentRequest> RecentRequests)
{
    /// <summary>Sharing codes that can be redeemed, at most one a tenant and <see cref="Limits.Consents.SharingCodes"/>; those past their time leave when the next one is made.</summary>
    [Id(5)]
    public ImmutableArray<SharingCode> Codes { get; init; } = [];

    /// <summary>What tenants ask for, oldest first, at most <see cref="Limits.Consents.WaitingRequests"/>; those past their time leave when the next one is made.</summary>
    [Id(6)]
    public ImmutableArray<WaitingRequest> Requests { get; init; } = [];

    /// <summary>The customer's identifiers, in order of linking: the way from the customer to their identities, which an erasure needs. At most <see cref="Limits.Identifiers.PerCustomer"/>.</summary>
    [Id(7)]
    public ImmutableArray<LinkedIdentifier> Identifiers { get; init; } = [];

    /// <summary>Identifiers to which a code was sent, at most <see cref="Limits.Identifiers.SentCodes"/>.</summary>
    [Id(8)]
    public ImmutableArray<SentCode> SentCodes { get; init; } = [];

    /// <summary>The other customer who is the same person; absent if there is none. It counts only while the other one says so too.</summary>
    [Id(9)]
    public Merge? Merge { get; init; }

    /// <summary>Interactions that are open, and lately ended ones, oldest first; at most <see cref="Limits.Calls.CallsPerCustomer"/>. Those past their time leave with the next one.</summary>
    [Id(10)]
    public ImmutableArray<Call> Calls { get; init; } = [];

    /// <summary>With whom the customer said that they are talking, at most <see cref="Limits.Calls.Talking"/>; those past their time leave with the next one.</summary>
    [Id(11)]
    public ImmutableArray<OpenedConversation> Talking { get; init; } = [];

    /// <summary>Networks that the customer connected, at most <see cref="Limits.Calls.Networks"/>.</summary>
    [Id(12)]
    public ImmutableArray<ConnectedNetwork> Networks { get; init; } = [];

    /// <summary>What is collected for one call alone: it stands in the preferences too, and leaves them with the call.</summary>
    [Id(13)]
    public ImmutableArray<CallCollect> CollectUntil { get; init; } = [];

    /// <summary>Answers beside a yes that are not in the customer's context yet; absent if there are none. They leave with the next step after they are.</summary>
    [Id(14)]
    public DueAnswers? Due { get; init; }

    /// <summary>
    /// What companies are to be told of their grants, oldest first; at most <see cref="Limits.News.PerCustomer"/>. Those that were told (<see cref="CustomerState.Told"/>) leave with a change a day later.
    /// </summary>
    [Id(15)]
    public ImmutableArray<GrantNews> News { get; init; } = [];

    /// <summary>When the customer erased everything, or was erased for want of signals; absent for everybody else. It is for good.</summary>
    [Id(20)]
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>When the customer last changed anything here; absent if that was before this was kept.</summary>
    [Id(21)]
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>A customer who has said nothing.</summary>
    public static ConsentState None { get; } = new(0, Preferences.Off, [], null, []);

    /// <summary>True if signals of <paramref name="source"/> may be kept now: the customer lets it collect, not just for a call that is over, and has not paused everything.</summary>
    public bool Collects(SourceId source, DateTimeOffset now)
    {
        var calls = CollectUntil.Where(one => one.Sources.Contains(source)).ToArray();
        return PausedAt is null && Preferences.Collects(source) && (calls.Length == 0 || calls.Any(one => now < one.Until));
    }

    /// <summary>True if what a network sends may be kept now: the customer is of age, lets it collect, and has not paused everything.</summary>
    public bool CollectsAllOf(TenantId network) => PausedAt is null && Preferences.OfAge && Preferences.Collect.Tenants.Contains(network);

    /// <summary>True if <paramref name="source"/> is of a network that the customer connected.</summary>
    public bool HasConnected(SourceId source)
    {
        foreach (var known in Networks)
        {
            if (known.Network == source.Tenant)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The grant <paramref name="id"/>; absent if there is none.</summary>
    public Grant? Find(GrantId id) => Grants.FirstOrDefault(grant => grant.Id == id);
}

/// <summary>A request that was carried out: its id, and a hash of its content by which a repeat is told from a reuse.</summary>
[GenerateSerializer, Immutable, Alias("RecentRequest")]
public readonly record struct RecentRequest([property: Id(0)] string RequestId, [property: Id(1)] string ContentHash);
