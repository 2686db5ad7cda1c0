using System.Collections.Concurrent;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Hosting;

namespace CustomerContext.Silo.Access;

/// <summary>
/// What this silo has in hand, and whether there is room for more. How much is in hand says how late it is, whatever it waits for: the processor, a grain or the store. Each company has a room of its own, so
/// no other one's flood takes its place; beyond that all share one room, whose bound for signals is lower than that for looks. A customer's own calls, and taking back, need no room.
/// </summary>
internal sealed class CallsInHand
{
    private readonly ConcurrentDictionary<(TenantId? Tenant, LoadKind Kind), Room> _own = new();
    private readonly Room _calls = new();
    private readonly Room _streams = new();
    private readonly SiloMetrics _metrics;

    public CallsInHand(SiloMetrics metrics)
    {
        _metrics = metrics;
        metrics.ShowInHand(() =>
        [
            ("calls", _calls.Units),
            ("streams", _streams.Units),
            ("own", _own.Values.Sum(room => room.Units)),
        ]);
    }

    /// <summary>Takes a place, until it is disposed of.</summary>
    /// <param name="caller">Who calls; all without a token count as one company.</param>
    /// <param name="kind">What is to be done.</param>
    /// <param name="units">How much of it, 1 or more. It is let in whole where there is room for one unit: every call that the contract allows gets in at some time.</param>
    /// <returns>The place; absent if there is none.</returns>
    public Place? Enter(Caller caller, LoadKind kind, int units)
    {
        if (caller is CustomerCaller)
        {
            return new Place(this, null, kind, null, 0);
        }

        var tenant = (caller as TenantCaller)?.Tenant;
        return Take(tenant, kind, units) is { } room ? new Place(this, tenant, kind, room, units) : null;
    }

    /// <summary>The room that took these units; absent if none has.</summary>
    internal Room? Take(TenantId? tenant, LoadKind kind, int units)
    {
        var bound = BoundOf(kind);
        var own = _own.GetOrAdd((tenant, kind), static _ => new Room());
        if (own.TryTake(units, bound.Own))
        {
            return own;
        }

        var shared = kind == LoadKind.Stream ? _streams : _calls;
        if (shared.TryTake(units, bound.Shared))
        {
            return shared;
        }

        _metrics.Shed(tenant, kind);
        return null;
    }

    private static LoadBound BoundOf(LoadKind kind) => kind switch
    {
        LoadKind.Signals => Limits.Load.Signals,
        LoadKind.Stream => Limits.Load.Streams,
        _ => Limits.Load.Looks,
    };

    /// <summary>Units that are in hand together.</summary>
    internal sealed class Room
    {
        private int _units;

        public int Units => Volatile.Read(ref _units);

        public bool TryTake(int units, int most)
        {
            var before = Volatile.Read(ref _units);
            while (before < most)
            {
                var seen = Interlocked.CompareExchange(ref _units, before + units, before);
                if (seen == before)
                {
                    return true;
                }

                before = seen;
            }

            return false;
        }

        public void Add(int units) => Interlocked.Add(ref _units, units);
    }
}

/// <summary>The place that a call has among those in hand. Not safe for use from many threads.</summary>
internal sealed class Place(CallsInHand inHand, TenantId? tenant, LoadKind kind, CallsInHand.Room? room, int units) : IDisposable
{
    private CallsInHand.Room? _room = room;
    private int _units = units;

    /// <summary>Says how much it is, once that is known. A stream is one unit, whatever it begins with.</summary>
    /// <returns>False if that is more than there is room for; the place is lost then.</returns>
    public bool TrySettle(int units)
    {
        if (_room is null || kind == LoadKind.Stream)
        {
            return true;
        }

        if (units > _units)
        {
            _room.Add(-_units);
            (_room, _units) = (inHand.Take(tenant, kind, units), units);
            return _room is not null;
        }

        _room.Add(units - _units);
        _units = units;
        return true;
    }

    public void Dispose()
    {
        _room?.Add(-_units);
        _room = null;
    }
}
