using System.Collections.Concurrent;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Hosting;

namespace CustomerContext.Silo.Access;

/// <summary>
/// How much callers do: one meter for each person, program and customer, for each address without a token, and for each tenant as a whole, in each lane. The rule is
/// <see cref="RateRules"/>. Each silo counts for itself, and one of three counts each call as three: so all of them together let through what one alone would, as long as a caller asks all of them alike.
/// </summary>
internal sealed class RateLimits(CurrentAccess access, SilosUp silos, SiloMetrics metrics, TimeProvider time)
{
    private readonly ConcurrentDictionary<MeterKey, Meter> _meters = new();
    private readonly long _start = time.GetTimestamp();
    private long _sweptAt;

    /// <summary>Counts a call of <paramref name="cost"/> units; how long to wait if there is no room for it, zero if there is.</summary>
    public TimeSpan Take(Caller caller, Lane lane, int cost)
    {
        var config = access.Now;
        return caller switch
        {
            // The actor first, so that one who does too much takes nothing from the tenant.
            TenantCaller actor when config.Find(actor) is { } tenant =>
                Take(new MeterKey(tenant.Id, actor.Actor, lane), actor.IsPerson ? tenant.Person : tenant.Service, cost, actor.IsPerson ? "person" : "service")
                ?? Take(new MeterKey(tenant.Id, "", lane), tenant.All, cost, "tenant")
                ?? TimeSpan.Zero,
            CustomerCaller customer =>
                Take(new MeterKey(null, $"{customer.Issuer} {customer.Subject}", lane), config.CustomerRates, cost, "customer") ?? TimeSpan.Zero,
            AnonymousCaller somebody =>
                Take(new MeterKey(null, $"address {somebody.Address}", lane), Limits.Rates.Anonymous, cost, "anonymous") ?? TimeSpan.Zero,
            _ => TimeSpan.Zero,
        };
    }

    /// <summary>How long a connection, or the address that it comes from, has to wait before a token of it is checked again; zero if there is room.</summary>
    public TimeSpan WaitOfForger(string connection, string origin)
    {
        var now = time.GetElapsedTime(_start).Ticks;
        return TimeSpan.FromTicks(Math.Max(Wait(ForgerOn(connection)), Wait(ForgerAt(origin))));

        long Wait(MeterKey key) => _meters.TryGetValue(key, out var meter) ? meter.Wait(now).Ticks : 0;
    }

    /// <summary>Counts a forged token.</summary>
    public void CountForgery(string connection, string origin)
    {
        var now = time.GetElapsedTime(_start).Ticks;
        MeterOf(ForgerOn(connection), now).Take(Limits.Rates.ForgedOfConnection, 1, now);
        MeterOf(ForgerAt(origin), now).Take(Limits.Rates.ForgedOfAddress, 1, now);
    }

    private static MeterKey ForgerOn(string connection) => new(null, $"forger on {connection}", Lane.Other);

    private static MeterKey ForgerAt(string origin) => new(null, $"forger at {origin}", Lane.Other);

    private TimeSpan? Take(MeterKey key, CallRates rates, int cost, string who)
    {
        if (rates.In(key.Lane) is not { } perSecond || cost == 0)
        {
            return null;
        }

        var now = time.GetElapsedTime(_start).Ticks;
        var wait = MeterOf(key, now).Take(perSecond, cost * silos.Count, now);
        if (wait == TimeSpan.Zero)
        {
            return null;
        }

        metrics.RateLimited(key.Tenant, key.Lane, who);
        return wait;
    }

    private Meter MeterOf(MeterKey key, long now)
    {
        if (_meters.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_meters.Count >= Limits.Rates.Meters && now - Interlocked.Read(ref _sweptAt) >= Limits.Rates.Window.Ticks)
        {
            Interlocked.Exchange(ref _sweptAt, now);
            foreach (var (other, meter) in _meters)
            {
                if (meter.HasRested(now))
                {
                    _meters.TryRemove(other, out _);
                }
            }
        }

        return _meters.GetOrAdd(key, _ => new Meter());
    }

    /// <summary>Who is metered: a tenant as a whole (no name), one of its actors, or a customer or an address (no tenant).</summary>
    private readonly record struct MeterKey(TenantId? Tenant, string Name, Lane Lane);

    private sealed class Meter
    {
        private long _paced;

        public bool HasRested(long now) => Interlocked.Read(ref _paced) <= now;

        public TimeSpan Wait(long now) => RateRules.Wait(Interlocked.Read(ref _paced), now);

        public TimeSpan Take(int perSecond, int cost, long now)
        {
            while (true)
            {
                var paced = Interlocked.Read(ref _paced);
                var step = RateRules.Take(paced, perSecond, cost, now);
                if (!step.IsTaken || Interlocked.CompareExchange(ref _paced, step.Paced, paced) == paced)
                {
                    return step.Wait;
                }
            }
        }
    }
}
