using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Tests.Access;

/// <summary>Each room at its bound and one past it.</summary>
public sealed class CallsInHandTests
{
    private readonly CallsInHand _inHand = new(Metrics.New());

    public static TheoryData<LoadKind, int, int> Bounds => new()
    {
        { LoadKind.Call, Limits.Load.Looks.Own, Limits.Load.Looks.Shared },
        { LoadKind.Signals, Limits.Load.Signals.Own, Limits.Load.Signals.Shared },
        { LoadKind.Stream, Limits.Load.Streams.Own, Limits.Load.Streams.Shared },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Enter_OneCompanyAtItsBoundAndOnePast_RefusedUntilOneLeaves(LoadKind kind, int own, int shared)
    {
        var places = Enumerable.Range(0, own + shared).Select(_ => Enter("acme", kind)).ToArray();
        Assert.All(places, Assert.NotNull);
        Assert.Null(Enter("acme", kind));

        places[0]!.Dispose();
        Assert.NotNull(Enter("acme", kind));
        Assert.Null(Enter("acme", kind));
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Enter_WhileAnotherCompanyFloods_ARoomOfItsOwn(LoadKind kind, int own, int shared)
    {
        Fill("acme", kind);

        Assert.All(Enumerable.Range(0, own), _ => Assert.NotNull(Enter("globex", kind)));
        Assert.Null(Enter("globex", kind));
        Assert.True(shared > own);
    }

    [Fact]
    public void Enter_WhenSignalsFillTheirPart_LooksStillGoUntilTheirsIsFull()
    {
        Fill("acme", LoadKind.Signals);

        var looks = Fill("acme", LoadKind.Call);

        Assert.Equal(Limits.Load.Looks.Own + Limits.Load.Looks.Shared - Limits.Load.Signals.Shared, looks);
    }

    [Fact]
    public void Enter_WhenLooksFillWhatSignalsMayUse_SignalsHaveTheirOwnRoomOnly()
    {
        for (var i = 0; i < Limits.Load.Looks.Own + Limits.Load.Signals.Shared; i++)
        {
            Assert.NotNull(Enter("acme", LoadKind.Call));
        }

        Assert.Equal(Limits.Load.Signals.Own, Fill("acme", LoadKind.Signals));
        Assert.NotNull(Enter("acme", LoadKind.Call));
    }

    [Fact]
    public void Enter_ACustomerWhenEverythingIsFull_AlwaysThereIsRoom()
    {
        Fill("acme", LoadKind.Call);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.NotNull(_inHand.Enter(Customer("sub"), LoadKind.Call, 1)));
    }

    [Fact]
    public void Enter_MoreThanARoomHas_LetInWholeAndPaidOffBeforeTheNext()
    {
        var many = Enter("acme", LoadKind.Signals, Limits.Load.Signals.Own + Limits.Load.Signals.Shared);
        Assert.NotNull(many);

        var next = Enter("acme", LoadKind.Signals, 10 * Limits.Load.Signals.Shared);
        Assert.NotNull(next);
        Assert.Null(Enter("acme", LoadKind.Signals));

        many.Dispose();
        Assert.NotNull(Enter("acme", LoadKind.Signals));
        Assert.Equal(Limits.Load.Signals.Own - 1, Fill("acme", LoadKind.Signals));
    }

    [Fact]
    public void TrySettle_ToLessAndToMore_CountsAsSaidAndNothingWhenItIsOver()
    {
        var place = Enter("acme", LoadKind.Call, 50)!;
        Assert.True(place.TrySettle(1));
        Assert.Equal(Limits.Load.Looks.Own + Limits.Load.Looks.Shared - 1, Fill("acme", LoadKind.Call));

        place.Dispose();
        place.Dispose();
        Assert.NotNull(Enter("acme", LoadKind.Call));
        Assert.Null(Enter("acme", LoadKind.Call));
    }

    /// <summary>Many small calls that turn out to be large ones: no more get in than if that had been known.</summary>
    [Fact]
    public void TrySettle_OfManyThatTurnOutLarge_NoMoreThanThereIsRoomFor()
    {
        var most = Limits.Requests.Signals;
        var places = Enumerable.Range(0, Limits.Load.Signals.Own).Select(_ => Enter("acme", LoadKind.Signals)!).ToArray();

        var settled = places.Where(place => place.TrySettle(most) || IsGivenUp(place)).Count();

        // As many as each room needs to be full.
        Assert.Equal(((Limits.Load.Signals.Own + most - 1) / most) + ((Limits.Load.Signals.Shared + most - 1) / most), settled);
        Assert.Null(Enter("acme", LoadKind.Signals, most));
        Array.ForEach(places, place => place.Dispose());
        Assert.Equal(Limits.Load.Signals.Own + Limits.Load.Signals.Shared, Fill("acme", LoadKind.Signals));
    }

    [Fact]
    public void TrySettle_ToMoreThanThereIs_ThePlaceStaysAsItWas()
    {
        var place = Enter("acme", LoadKind.Signals)!;
        var many = Enter("acme", LoadKind.Signals, Limits.Load.Signals.Own)!;
        Assert.Equal(Limits.Load.Signals.Shared, Fill("acme", LoadKind.Signals));

        Assert.False(place.TrySettle(2));

        many.Dispose();
        Assert.Equal(Limits.Load.Signals.Own - 1, Fill("acme", LoadKind.Signals));
        place.Dispose();
        Assert.Equal(1, Fill("acme", LoadKind.Signals));
    }

    /// <summary>One person, and 4 MiB: what the silo holds counts, not only whom it names.</summary>
    [Fact]
    public void TrySettle_AMessageOfManyBytesAndOnePerson_NoFewerUnitsThanItsBytesAre()
    {
        var place = Enter("acme", LoadKind.Signals)!;
        place.Holds(Limits.Requests.MessageBytes);
        place.Holds(1);

        Assert.True(place.TrySettle(1));

        Assert.Equal(Limits.Load.Signals.Own + Limits.Load.Signals.Shared - (Limits.Requests.MessageBytes / Limits.Load.BytesOfUnit), Fill("acme", LoadKind.Signals));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(Limits.Load.BytesOfUnit, 1)]
    [InlineData(Limits.Load.BytesOfUnit + 1, 2)]
    [InlineData(Limits.Requests.MessageBytes, 64)]
    public void UnitsOf_Bytes_AUnitForEachBegun(int bytes, int units) => Assert.Equal(units, Place.UnitsOf(bytes));

    /// <summary>Three publishers of the SDK as it is shipped, and the benchmarks' maker of a town: requests of unknown length at once, settled when they are there.</summary>
    [Theory]
    [InlineData(24, 500)]
    [InlineData(32, 240)]
    public void TrySettle_ManyLargeRequestsOfOneCompanyAtOnce_AllGo(int requests, int signals)
    {
        var most = Place.UnitsOf(Limits.Requests.MessageBytes);
        var places = Enumerable.Range(0, requests).Select(_ => Enter("acme", LoadKind.Signals, most)).ToArray();

        Assert.All(places, place => Assert.True(place!.TrySettle(signals)));
    }

    [Fact]
    public void Enter_WithoutAToken_OfOneAddressAtItsBoundAndOnePast_OthersAndCompaniesGo()
    {
        var places = Enumerable.Range(0, Limits.Load.Anonymous.Own).Select(_ => EnterWithoutToken("192.0.2.1")).ToArray();
        Assert.All(places, Assert.NotNull);

        Assert.Null(EnterWithoutToken("192.0.2.1"));
        Assert.NotNull(EnterWithoutToken("192.0.2.2"));
        Assert.Equal(Limits.Load.Looks.Own + Limits.Load.Looks.Shared, Fill("acme", LoadKind.Call));
        places[0]!.Dispose();
        Assert.NotNull(EnterWithoutToken("192.0.2.1"));
    }

    [Fact]
    public void Enter_WithoutAToken_AllAddressesAtTheirBoundAndOnePast_OnlyTheyAreRefused()
    {
        Assert.All(Enumerable.Range(0, Limits.Load.Anonymous.Shared), i => Assert.NotNull(EnterWithoutToken($"192.0.2.{i}")));

        Assert.Null(EnterWithoutToken("198.51.100.1"));
        Assert.Equal(Limits.Load.Looks.Own + Limits.Load.Looks.Shared, Fill("acme", LoadKind.Call));
    }

    [Fact]
    public void Enter_ACustomersSignals_AtTheirBoundAndOnePast_OthersGo()
    {
        var most = Place.UnitsOf(Limits.Requests.MessageBytes);
        Assert.All(Enumerable.Range(0, Limits.Load.CustomerSignals.Own / most), _ => Assert.NotNull(_inHand.Enter(Customer("a"), LoadKind.Signals, most)));

        Assert.Null(_inHand.Enter(Customer("a"), LoadKind.Signals, 1));
        var place = _inHand.Enter(Customer("b"), LoadKind.Signals, 1)!;
        Assert.True(place.TrySettle(10 * Limits.Load.CustomerSignals.Shared));
        Assert.NotNull(_inHand.Enter(Customer("b"), LoadKind.Signals, 1));
        Assert.Equal(Limits.Load.Signals.Own + Limits.Load.Signals.Shared, Fill("acme", LoadKind.Signals));
    }

    [Fact]
    public void Take_OfACrowd_WhoeverHasNothingInHandIsNotKept()
    {
        var crowd = new Crowd(new LoadBound(2, 10));
        var room = crowd.Take("a", 2)!;
        crowd.Take("b", 1)!.Add(-1);
        Assert.Equal((1, 2), (crowd.Callers, crowd.Units));

        room.Add(-2);

        Assert.Equal((0, 0), (crowd.Callers, crowd.Units));
    }

    [Fact]
    public void TrySettle_AStream_StaysOneUnit()
    {
        Assert.True(Enter("acme", LoadKind.Stream)!.TrySettle(1_000));
        Assert.Equal(Limits.Load.Streams.Own + Limits.Load.Streams.Shared - 1, Fill("acme", LoadKind.Stream));
    }

    /// <summary>Many threads at once get exactly what there is.</summary>
    [Fact]
    public void Enter_ManyThreadsAtOnce_ExactlyTheBound()
    {
        const int most = 20_000;
        Assert.True(most > Limits.Load.Looks.Own + Limits.Load.Looks.Shared);
        var entered = 0;

        Parallel.For(0, most, _ => Interlocked.Add(ref entered, Enter("acme", LoadKind.Call) is null ? 0 : 1));

        Assert.Equal(Limits.Load.Looks.Own + Limits.Load.Looks.Shared, entered);
    }

    /// <summary>How many of one unit get in until none does.</summary>
    private int Fill(string tenant, LoadKind kind)
    {
        var count = 0;
        while (Enter(tenant, kind) is not null)
        {
            count++;
        }

        return count;
    }

    private static bool IsGivenUp(Place place)
    {
        place.Dispose();
        return false;
    }

    private static CustomerCaller Customer(string subject) => new("https://login.example.org", subject, null, null, []) { Until = DateTimeOffset.MaxValue };

    private Place? EnterWithoutToken(string address) => _inHand.Enter(new AnonymousCaller(address) { Until = DateTimeOffset.MaxValue }, LoadKind.Call, 1);

    private Place? Enter(string tenant, LoadKind kind, int units = 1) =>
        _inHand.Enter(new TenantCaller(new TenantId(tenant), "telephony", false, []) { Until = DateTimeOffset.MaxValue }, kind, units);
}
