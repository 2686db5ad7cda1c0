using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Hosting;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Silo.Tests.Access;

/// <summary>Each limit at it and one past it; the window is ten seconds.</summary>
public sealed class RateLimitsTests : IDisposable
{
    private const int Window = 10;

    private static readonly CallRates _tenant = new(Looks: 7, Signals: 30, Other: 4);
    private static readonly CallRates _person = new(Looks: 2, Signals: 3, Other: 1);
    private static readonly CallRates _service = new(Looks: 5, Signals: 20, Other: 2);
    private static readonly CallRates _customer = new(Looks: 1, Signals: 1, Other: 1);

    private readonly FakeTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<SiloMetrics>().BuildServiceProvider();
    private readonly RateLimits _limits;

    public RateLimitsTests() => _limits = new RateLimits(new CurrentAccess(Served("acme", "globex")), new SilosUp(), _services.GetRequiredService<SiloMetrics>(), _time);

    public static TheoryData<string, Lane, int> Callers => new()
    {
        { "person", Lane.Looks, 2 }, { "person", Lane.Signals, 3 }, { "person", Lane.Other, 1 },
        { "service", Lane.Looks, 5 }, { "service", Lane.Signals, 20 }, { "service", Lane.Other, 2 },
        { "customer", Lane.Looks, 1 }, { "customer", Lane.Signals, 1 }, { "customer", Lane.Other, 1 },
    };

    /// <summary>Each connection is far from its own limit: what counts is the address.</summary>
    [Fact]
    public void CountForgery_OfOneAddressAtTheLimitAndOnePast_ThatAddressWaits()
    {
        const int most = Limits.Rates.ForgedOfAddress * Window;
        for (var forged = 1; forged < most; forged++)
        {
            _limits.CountForgery($"connection {forged}", "192.0.2.7");
        }

        Assert.Equal(TimeSpan.Zero, _limits.WaitOfForger("another connection", "192.0.2.7"));
        _limits.CountForgery("the last", "192.0.2.7");

        Assert.True(_limits.WaitOfForger("another connection", "192.0.2.7") > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _limits.WaitOfForger("another connection", "192.0.2.8"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, _limits.WaitOfForger("another connection", "192.0.2.7"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Take_AtSeveralSilosInTurn_TheirSumIsTheLimitOfOne(int count)
    {
        const int seconds = 100;
        RateLimits[] all = [.. Enumerable.Range(0, count).Select(_ =>
            new RateLimits(new CurrentAccess(Served("acme", "globex")), new SilosUp { Count = count }, _services.GetRequiredService<SiloMetrics>(), _time))];
        var (caller, taken) = (Called("service"), 0);
        for (var tick = 0; tick <= seconds * 10; tick++)
        {
            taken += Enumerable.Range(0, 4 * count).Count(i => all[i % count].Take(caller, Lane.Looks, 1) == TimeSpan.Zero);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        // Once the window at once, then the rate; each further silo may round up by one.
        Assert.InRange(taken, 5 * (Window + seconds) - 1, 5 * (Window + seconds) + count);
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public void Take_AtTheLimitAndOnePast_TheLastOneWaits(string who, Lane lane, int perSecond)
    {
        var caller = Called(who);
        Assert.All(Enumerable.Range(0, perSecond * Window), _ => Assert.Equal(TimeSpan.Zero, _limits.Take(caller, lane, 1)));

        var wait = _limits.Take(caller, lane, 1);
        Assert.NotEqual(TimeSpan.Zero, wait);
        _time.Advance(wait - TimeSpan.FromTicks(1));
        Assert.NotEqual(TimeSpan.Zero, _limits.Take(caller, lane, 1));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.Zero, _limits.Take(caller, lane, 1));
    }

    [Fact]
    public void Take_OneAddressWithoutATokenAtItsLimit_OthersAreFree()
    {
        var somebody = new AnonymousCaller("192.0.2.1") { Until = DateTimeOffset.MaxValue };
        Assert.All(
            Enumerable.Range(0, Limits.Rates.Anonymous.Other * Window), _ => Assert.Equal(TimeSpan.Zero, _limits.Take(somebody, Lane.Other, 1)));

        Assert.NotEqual(TimeSpan.Zero, _limits.Take(somebody, Lane.Other, 1));
        Assert.Equal(TimeSpan.Zero, _limits.Take(somebody with { Address = "192.0.2.2" }, Lane.Other, 1));
    }

    [Fact]
    public void Take_ManyActorsOfOneTenant_TheTenantAsAWholeIsLimitedAndOthersAreNot()
    {
        var taken = Enumerable.Range(0, 200).Count(i => _limits.Take(Person($"agent-{i}"), Lane.Looks, 1) == TimeSpan.Zero);

        Assert.Equal(_tenant.Looks * Window, taken);
        Assert.Equal(TimeSpan.Zero, _limits.Take(Person("agent-1", "globex"), Lane.Looks, 1));
    }

    [Fact]
    public void Take_AnActorBeyondTheirOwnRate_TakesNothingFromTheTenant()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _limits.Take(Person("greedy"), Lane.Looks, 1);
        }

        Assert.All(
            Enumerable.Range(0, (_tenant.Looks - _person.Looks) * Window),
            i => Assert.Equal(TimeSpan.Zero, _limits.Take(Person($"agent-{i}"), Lane.Looks, 1)));
    }

    [Fact]
    public void Take_OneLaneUsedUp_TheOthersAreFreeAndTakingBackAlwaysIs()
    {
        while (_limits.Take(Called("customer"), Lane.Other, 1) == TimeSpan.Zero)
        {
        }

        Assert.Equal(TimeSpan.Zero, _limits.Take(Called("customer"), Lane.Looks, 1));
        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.Equal(TimeSpan.Zero, _limits.Take(Called("customer"), Lane.Free, 1)));
    }

    [Fact]
    public void Take_Refused_CountedByTenantLaneAndWhoAndNobodyByName()
    {
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Name == "customercontext.rate_limited" && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, labels, _) =>
            counted.Add(string.Join(' ', labels.ToArray().Select(label => $"{label.Key}={label.Value}"))));
        listener.Start();

        for (var i = 0; i <= _person.Other * Window; i++)
        {
            _limits.Take(Person("agent-7"), Lane.Other, 1);
        }

        Assert.Equal(["tenant=acme lane=Other who=person"], counted);
    }

    public void Dispose() => _services.Dispose();

    private static AccessConfig Served(params string[] tenants) => AccessConfig.Nobody with
    {
        Tenants = tenants.Select(name => new TenantId(name)).ToFrozenDictionary(
            id => id,
            id => new Tenant(
                id, false, [SourceId.Of(id, "crm")], FrozenSet<Purpose>.Empty, FrozenDictionary<string, FrozenSet<Purpose>>.Empty, _tenant, _person, _service)),
        CustomerRates = _customer,
    };

    private static Caller Called(string who) => who switch
    {
        "customer" => new CustomerCaller("https://login.example.org", "sub", null, null, []) { Until = DateTimeOffset.MaxValue },
        "service" => new TenantCaller(new TenantId("acme"), "crm", false, []) { Until = DateTimeOffset.MaxValue },
        _ => Person("agent-7"),
    };

    private static TenantCaller Person(string actor, string tenant = "acme") => new(new TenantId(tenant), actor, true, []) { Until = DateTimeOffset.MaxValue };
}
