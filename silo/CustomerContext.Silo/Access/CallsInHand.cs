using System.Collections.Concurrent;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Hosting;

namespace CustomerContext.Silo.Access;

/// <summary>
/// What this silo has in hand, and whether there is room for more. How much is in hand says how late it is, whatever it waits for: the processor, a grain or the store. Each company has a room of its own, so
/// no other one's flood takes its place; beyond that all companies share one room, whose bound for signals is lower than that for looks. Callers without a token, and customers who send signals, are crowds
/// apart (<see cref="Crowd"/>): anybody may be one of them, so they take nothing from the companies. A customer's other calls, and taking back, need no room.
/// </summary>
internal sealed class CallsInHand
{
    private readonly ConcurrentDictionary<(TenantId Tenant, LoadKind Kind), Room> _own = new();
    private readonly Room _calls = new();
    private readonly Room _streams = new();
    private readonly Crowd _anonymous = new(Limits.Load.Anonymous);
    private readonly Crowd _customers = new(Limits.Load.CustomerSignals);
    private readonly SiloMetrics _metrics;

    public CallsInHand(SiloMetrics metrics)
    {
        _metrics = metrics;
        metrics.ShowInHand(() =>
        [
            ("calls", _calls.Units),
            ("streams", _streams.Units),
            ("own", _own.Values.Sum(room => room.Units)),
            ("anonymous", _anonymous.Units),
            ("customers", _customers.Units),
        ]);
    }

    /// <summary>Takes a place, until it is disposed of.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="kind">What is to be done.</param>
    /// <param name="units">How much of it, 1 or more. It is let in whole where there is room for one unit: every call that the contract allows gets in at some time.</param>
    /// <returns>The place; absent if there is none.</returns>
    public Place? Enter(Caller caller, LoadKind kind, int units)
    {
        if (caller is CustomerCaller && kind != LoadKind.Signals)
        {
            return new Place(this, caller, kind, null, 0);
        }

        return Take(caller, kind, units) is { } room ? new Place(this, caller, kind, room, units) : null;
    }

    /// <summary>The room that took these units; absent if none has.</summary>
    internal IRoom? Take(Caller caller, LoadKind kind, int units)
    {
        var tenant = (caller as TenantCaller)?.Tenant;
        var room = caller switch
        {
            CustomerCaller customer => _customers.Take($"{customer.Issuer} {customer.Subject}", units),
            AnonymousCaller somebody => _anonymous.Take(somebody.Address, units),
            _ => Take(tenant!.Value, kind, units),
        };
        if (room is null)
        {
            _metrics.Shed(tenant, kind);
        }

        return room;
    }

    private Room? Take(TenantId tenant, LoadKind kind, int units)
    {
        var bound = BoundOf(kind);
        var own = _own.GetOrAdd((tenant, kind), static _ => new Room());
        var shared = kind == LoadKind.Stream ? _streams : _calls;
        return own.TryTake(units, bound.Own) ? own : shared.TryTake(units, bound.Shared) ? shared : null;
    }

    private static LoadBound BoundOf(LoadKind kind) => kind switch
    {
        LoadKind.Signals => Limits.Load.Signals,
        LoadKind.Stream => Limits.Load.Streams,
        _ => Limits.Load.Looks,
    };

    /// <summary>Units that are in hand together.</summary>
    internal sealed class Room : IRoom
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

/// <summary>Where a place's units are counted.</summary>
internal interface IRoom
{
    /// <summary>Counts so many more, or fewer if it is below zero.</summary>
    void Add(int units);
}

/// <summary>
/// Callers of whom there may be any number: each has a room, and all together have one, which bounds how many are kept. Whoever has nothing in hand is not kept.
/// </summary>
internal sealed class Crowd(LoadBound bound)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _units = new(StringComparer.Ordinal);
    private int _all;

    public int Units => Volatile.Read(ref _all);

    /// <summary>How many callers have something in hand.</summary>
    public int Callers
    {
        get
        {
            lock (_lock)
            {
                return _units.Count;
            }
        }
    }

    /// <summary>The room that took these units; absent if the caller's own or that of all has none left.</summary>
    public IRoom? Take(string name, int units)
    {
        lock (_lock)
        {
            if (_units.GetValueOrDefault(name) >= bound.Own || _all >= bound.Shared)
            {
                return null;
            }

            Count(name, units);
            return new Room(this, name);
        }
    }

    private void Count(string name, int units)
    {
        _all += units;
        if ((_units[name] = _units.GetValueOrDefault(name) + units) == 0)
        {
            _units.Remove(name);
        }
    }

    private sealed class Room(Crowd crowd, string name) : IRoom
    {
        public void Add(int units)
        {
            lock (crowd._lock)
            {
                crowd.Count(name, units);
            }
        }
    }
}

/// <summary>The place that a call has among those in hand. Not safe for use from many threads.</summary>
internal sealed class Place(CallsInHand inHand, Caller caller, LoadKind kind, IRoom? room, int units) : IDisposable
{
    private IRoom? _room = room;
    private int _units = units;
    private int _held = 1;

    /// <summary>How many units a message of so many bytes is.</summary>
    public static int UnitsOf(long bytes) => 1 + (int)((Math.Max(1, bytes) - 1) / Limits.Load.BytesOfUnit);

    /// <summary>Says how large the message is that has been read: the place has no fewer units for as long as the silo holds it.</summary>
    public void Holds(long bytes) => _held = Math.Max(_held, UnitsOf(bytes));

    /// <summary>Says how much it is, once that is known. A stream is one unit, whatever it begins with; a customer's signals are about one person, so only their bytes count.</summary>
    /// <returns>False if that is more than there is room for; the place stays as it was then.</returns>
    public bool TrySettle(int cost)
    {
        if (_room is null || kind == LoadKind.Stream)
        {
            return true;
        }

        var units = caller is CustomerCaller ? _held : Math.Max(cost, _held);
        if (units > _units)
        {
            _room.Add(-_units);
            if (inHand.Take(caller, kind, units) is not { } other)
            {
                _room.Add(_units);
                return false;
            }

            (_room, _units) = (other, units);
            return true;
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
