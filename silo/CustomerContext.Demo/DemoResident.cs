using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Demo;

/// <summary>One person while the town's past is played.</summary>
internal sealed class DemoResident(int number, CustomerKey key, DemoPerson person, Func<Signal, string?, ScoredSignal?> score)
{
    private readonly Queue<ScoredSignal> _ahead = new(person.Signals
        .OrderBy(item => item.Signal.OccurredAt)
        .Select(item => score(item.Signal, item.Text))
        .OfType<ScoredSignal>());

    public int Number => number;

    public CustomerKey Key => key;

    public DemoPerson Person => person;

    /// <summary>What they will have said yes to; counted from epoch 0, so that their real yes goes above it.</summary>
    public ConsentState Consent { get; } = ConsentState.None with { Preferences = person.Preferences };

    public CustomerState Context { get; private set; } = CustomerState.Empty;

    public TiesState Ties { get; set; } = TiesState.Empty;

    /// <summary>Whom they tell, and as whom those know them.</summary>
    public List<(CustomerKey Customer, TieKind Kind)> Followers { get; } = [];

    /// <summary>The shard of whom to tell, with everything told.</summary>
    public FollowerList FollowerList => new(
        Ties.Outbox.Number > 0 ? Announcement.Of(key, Ties.Outbox) : null,
        [.. Followers.Select(follower => new Follower(follower.Customer, follower.Kind, default, Ties.Outbox.Followers.Due))]);

    /// <summary>Takes in what happened to them until <paramref name="at"/>.</summary>
    public void Hear(DateTimeOffset at)
    {
        while (_ahead.TryPeek(out var next) && next.Signal.OccurredAt <= at)
        {
            Context = CustomerRules.Apply(key, Context, _ahead.Dequeue()).Value?.State ?? Context;
        }
    }

    /// <summary>The state of somebody whose words have arrived, and who has people to tell.</summary>
    public TiesState Reachable(TiesState state) => state with
    {
        Ties = [.. state.Ties.Select(tie => tie.IsAcknowledged ? tie : tie with { IsAcknowledged = true, ListedAs = tie.HeldAs })],
        Outbox = state.Outbox with { Followers = state.Outbox.Followers with { Shards = Followers.Count > 0 ? 1 : 0 } },
    };

    /// <summary>The state once everybody has acknowledged.</summary>
    public TiesState Acknowledged(TiesState state) => state with
    {
        Outbox = state.Outbox with
        {
            Placements = [.. state.Outbox.Placements.Select(place => place with { Shard = DemoTribes.ShardOf(number), Acknowledged = place.Due })],
            Readings = [.. state.Outbox.Readings.Where(place => place.Sent is not null).Select(place => place with { Shard = DemoTribes.ShardOf(number), Acknowledged = place.Due })],
            Followers = state.Outbox.Followers with { Acknowledged = state.Outbox.Followers.Due },
        },
    };
}
