using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// The latest snapshot of each view that is being looked through, so that most reads are one dictionary lookup. A snapshot is good until its own
/// <see cref="ContextSnapshot.GoodUntil"/>, and only for the state it was made of.
/// </summary>
internal sealed class SnapshotCache
{
    private const int Views = 16;

    private readonly Dictionary<ContextView, ContextSnapshot> _snapshots = [];
    private CustomerState? _state;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _snapshots.Clear();
        _state = null;
    }

    /// <summary>The snapshot of <paramref name="state"/> through <paramref name="view"/> as of <paramref name="now"/>.</summary>
    public ContextSnapshot Get(CustomerState state, ContextView view, DateTimeOffset now)
    {
        if (!ReferenceEquals(state, _state) || _snapshots.Count >= Views)
        {
            _snapshots.Clear();
            _state = state;
        }

        if (!_snapshots.TryGetValue(view, out var snapshot) || now >= snapshot.GoodUntil || now < snapshot.AsOf)
        {
            _snapshots[view] = snapshot = SnapshotRules.Snapshot(state, view, now);
        }

        return snapshot;
    }
}
