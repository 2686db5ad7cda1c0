using System.Collections.Concurrent;
using CustomerContext.Domain;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Grains.Tribes;

/// <summary>
/// What tribes have released, one immutable value a silo, so that a read costs the same whatever the tribe's size. A value is good until the tribe's next release is due; the tribe's
/// own silo gets that one at once, another asks for it.
/// </summary>
public sealed class TribeReleases(IGrainFactory grains, TimeProvider time)
{
    private readonly ConcurrentDictionary<GroupId, Known> _known = new();

    /// <summary>The releases of a tribe, as one audience sees it.</summary>
    /// <exception cref="Durability.StateUnavailableException">The store gave no sure answer.</exception>
    public ValueTask<TribeView> Get(GroupId group) =>
        Find(group) is { } view ? new(view) : new(Ask(group));

    /// <summary>The same without asking anybody; absent if the tribe has to be asked.</summary>
    public TribeView? Find(GroupId group) => _known.TryGetValue(group, out var known) && time.GetUtcNow() < known.GoodUntil ? known.View : null;

    /// <summary>Takes over what the tribe's grain has just released.</summary>
    internal void Put(GroupId group, TribeView view)
    {
        var soon = time.GetUtcNow() + Limits.Shards.AskAgain;
        var known = new Known(view, view.Due is { } due && due > soon ? due : soon);
        _known.AddOrUpdate(group, known, (_, before) => (before.View.History.Number, before.View.Due ?? default).CompareTo((view.History.Number, view.Due ?? default)) > 0 ? before : known);
    }

    private async Task<TribeView> Ask(GroupId group)
    {
        var view = await grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group)).Get();
        Put(group, view);
        return view;
    }

    private sealed record Known(TribeView View, DateTimeOffset GoodUntil);
}
