using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// The latest snapshot of each view that is being looked through, with scores or without (<see cref="ScoreCut"/>), so that most reads are one dictionary lookup. A snapshot is
/// good until its own <see cref="ContextSnapshot.GoodUntil"/>, and only for the state it was made of.
/// </summary>
internal sealed class SnapshotCache
{
    private const int Views = 16;

    private readonly Dictionary<(ContextView View, FacetSet Keeps), ContextSnapshot> _snapshots = [];
    private CustomerState? _state;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _snapshots.Clear();
        _state = null;
    }

    /// <summary>What of <paramref name="state"/> the granted <paramref name="slice"/> may show as of <paramref name="now"/>.</summary>
    public ContextSnapshot Get(CustomerState state, GrantedSlice slice, DateTimeOffset now)
    {
        if (!ReferenceEquals(state, _state) || _snapshots.Count >= Views)
        {
            _snapshots.Clear();
            _state = state;
        }

        var key = (slice.View, ScoreCut.Keeps(slice.Facets));
        if (!_snapshots.TryGetValue(key, out var snapshot) || now >= snapshot.GoodUntil || now < snapshot.AsOf)
        {
            _snapshots[key] = snapshot = ScoreCut.Of(SnapshotRules.Snapshot(state, slice.View, now), slice.Facets);
        }

        return snapshot;
    }
}
