using System.Collections.Concurrent;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Silo.Tests.Background;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Silo.Tests.Watches;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core.Internal;

namespace CustomerContext.Silo.Tests.Contexts;

/// <summary>Looks that are answered without the customer's grain: each on record like any other, and none once anything has changed.</summary>
public sealed class ServedLookTests : IAsyncLifetime, IDisposable
{
    private static readonly CustomerKey _ann = new($"{1:x32}");
    private static readonly CustomerKey _bob = new($"{2:x32}");

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private readonly TempFolder _data = new();
    private readonly FailingLedger _failing = new();
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly CancellationTokenSource _tooLong = new(_longest);
    private GroupSilo _silo = null!;
    private GrantId _grant;

    private static LookRequest Request { get; } = new(Watched.Read with { Facets = FacetSet.All }, "actor");

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path, new FakeTime(), services =>
        {
            services.AddSingleton<IIncomingGrainCallFilter>(new Calls(_calls));
            _failing.Wrap(services);
        });
        _grant = await Watched.Make(_silo, _ann);
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose()
    {
        _tooLong.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Look_NothingHasChanged_TheSameAnswerWithARecordOfItsOwn()
    {
        var first = await FromGrain();
        _silo.Time.Advance(TimeSpan.FromSeconds(1));
        var calls = _calls.Count;

        var again = await _silo.Served.Look(_ann, Request);

        Assert.Equal(calls, _calls.Count);
        Assert.Same(first.Brief, again!.Brief);
        var newest = await Records(2);
        Assert.Equal([again.Record, first.Record], newest.Select(entry => entry.Hash));
        var (later, earlier) = (DisclosureRecord.FromBytes(newest[0].Payload.AsSpan()), DisclosureRecord.FromBytes(newest[1].Payload.AsSpan()));
        Assert.Equal(earlier.At.AddSeconds(1), later.At);
        Assert.Equal(Text(earlier), Text(later with { At = earlier.At }));
    }

    [Fact]
    public async Task Look_OfAnotherCompanyActorPurposeOrCustomer_IsTheGrains()
    {
        await FromGrain();
        var read = Request.Read;
        Assert.Null(await _silo.Served.Look(_ann, Request with { Read = read with { Tenant = new TenantId("globex") } }));
        Assert.Null(await _silo.Served.Look(_ann, Request with { Read = read with { Interaction = "call-2" } }));
        Assert.Null(await _silo.Served.Look(_ann, Request with { Read = read with { Purpose = new Purpose("marketing.offer") } }));
        Assert.Null(await _silo.Served.Look(_ann, Request with { Actor = "another" }));
        Assert.Null(await _silo.Served.Look(_bob, Request));
        Assert.NotNull(await _silo.Served.Look(_ann, Request));
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("pause")]
    [InlineData("erasure")]
    public async Task Look_ConsentIsTakenBack_IsRefused(string change)
    {
        await FromGrain();
        var grain = _silo.Customer(_ann);
        switch (change)
        {
            case "revoke":
                await grain.RevokeGrant(new RevokeGrant("r", _grant));
                break;
            case "pause":
                await grain.PauseAll(new PauseAll("r", true));
                break;
            default:
                await grain.Erase([]);
                break;
        }

        Assert.Null(await _silo.Served.Look(_ann, Request));
        Assert.Equal(RefusalReason.ConsentRequired, (await grain.Look(Request)).Refusal!.Reason);
    }

    [Theory]
    [InlineData("signal")]
    [InlineData("tie")]
    [InlineData("membership")]
    [InlineData("another grant")]
    [InlineData("minute")]
    public async Task Look_SomethingElseHasChanged_IsTheGrains(string change)
    {
        await FromGrain();
        switch (change)
        {
            case "signal":
                await _silo.Publish(_ann, _silo.Answer(1));
                break;
            case "tie":
                await _silo.Publish(_ann, _silo.Tie(_bob));
                break;
            case "membership":
                await _silo.Publish(_ann, _silo.Join("e-bikers"));
                break;
            case "another grant":
                await _silo.Customer(_ann).CreateGrant(new CreateGrant("h", new TenantId("globex"), Watched.Terms(FacetSet.All)));
                break;
            default:
                _silo.Time.Advance(TimeSpan.FromMinutes(1));
                break;
        }

        Assert.Null(await _silo.Served.Look(_ann, Request));

        // A tie and a membership go on to change what is kept of them, until all are told.
        await _silo.Settled(_ann);
        await ServedAfterGrain();
    }

    [Fact]
    public async Task Look_ATribeHasReleased_IsTheGrains()
    {
        await _silo.Publish(_ann, _silo.Join("e-bikers"));
        await _silo.Settled(_ann);
        await ServedAfterGrain();

        var tribe = GroupId.Tribe("e-bikers", Audience.Of(Request.Read.Purpose!.Value));
        _silo.Releases.Put(tribe, new TribeView(TribeHistory.Empty with { Number = 7 }, null));

        Assert.Null(await _silo.Served.Look(_ann, Request));
    }

    [Fact]
    public async Task Look_TheGrainBeginsToLeaveMemoryWithACallAtIt_IsNotAnsweredAnyMore()
    {
        await FromGrain();
        var watch = await Watched.Open(_silo.Customer(_ann));
        await _silo.Customer(_ann).NextStep(watch, default);
        var waiting = _silo.Customer(_ann).NextStep(watch, default);

        await _silo.Customer(_ann).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        Assert.Null(await _silo.Served.Look(_ann, Request));
        Assert.False(waiting.IsCompleted);
        _silo.Time.Advance(Limits.Watches.Heartbeat);
        await waiting;
        await FromGrain();
        Assert.NotNull(await _silo.Served.Look(_ann, Request));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Look_NobodyKnowsWhetherItIsOnRecord_FailsAndTheNextIsTheGrains(bool landed)
    {
        var first = await FromGrain();
        _failing.Fail(1, landed);

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await _silo.Served.Look(_ann, Request));

        Assert.Null(await _silo.Served.Look(_ann, Request));
        var next = await FromGrain();
        Assert.Equal(landed ? 3 : 2, (await Records(9)).TakeWhile(entry => entry.Hash != first.Record).Count() + 1);
        Assert.NotNull(await _silo.Served.Look(_ann, Request));
        Assert.Null(Chain.Verify(ChainHead.Empty, (await Records(20)).Reverse()));
        Assert.NotEqual(first.Record, next.Record);
    }

    [Fact]
    public async Task Look_AnotherSiloHasRevoked_IsRefused()
    {
        await FromGrain();
        var state = (await _silo.Ledger.ReadAgainAsync(_ann))!;
        var revoked = ConsentRules.RevokeGrant(state.Consent, new RevokeGrant("r", _grant), _silo.Time.GetUtcNow()).Value!;
        var record = DisclosureRecord.Of(revoked.Change!, _silo.Time.GetUtcNow()).ToBytes();
        var entry = Chain.Append(state.Head, revoked.State.Epoch, record, [.. new byte[Chain.SaltSize]]);
        Assert.Equal(AppendOutcome.Applied, await _silo.Ledger.AppendAsync(_ann, state.Version, revoked.State, [entry]));

        Assert.Null(await _silo.Served.Look(_ann, Request));
        Assert.Equal(RefusalReason.ConsentRequired, (await _silo.Customer(_ann).Look(Request)).Refusal!.Reason);
    }

    [Fact]
    public async Task Look_WhileTheGrainAppends_NoRecordIsLostAndTheWatcherOfRecordsHears()
    {
        await FromGrain();
        var last = (await Records(1))[0].Sequence;
        var heard = _silo.Customer(_ann).NextRecords(last, default);
        Assert.NotNull(await _silo.Served.Look(_ann, Request));
        Assert.Equal(last + 1, (await heard.WaitAsync(_longest))[^1].Sequence);

        var answered = await Task.WhenAll(Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            var records = new List<Digest>();
            for (var look = 0; look < 25; look++)
            {
                var answer = await _silo.Served.Look(_ann, Request) ?? await FromGrain();
                records.Add(answer.Record);
                if (reader == 0 && look % 5 == 0)
                {
                    await _silo.Customer(_ann).CreateGrant(new CreateGrant($"{look}", new TenantId("globex"), Watched.Terms(FacetSet.All)));
                }
            }

            return records;
        })));

        var all = new List<LedgerEntry>();
        for (var before = long.MaxValue; await _silo.Customer(_ann).ListRecords(before, Limits.Storage.ListedEntries) is { IsEmpty: false } page; before = page[^1].Sequence)
        {
            all.AddRange(page);
        }

        all.Reverse();
        Assert.Null(Chain.Verify(ChainHead.Empty, all));
        var looks = all.Where(entry => entry.Sequence > last + 1 && DisclosureRecord.FromBytes(entry.Payload.AsSpan()).Kind == DisclosureKind.LookUp).Select(entry => entry.Hash);
        Assert.Equal(answered.SelectMany(records => records).ToHashSet(), looks.ToHashSet());
    }

    [Fact]
    public async Task Look_ForLongWithoutACall_KeepsTheGrainInMemory()
    {
        await FromGrain();
        _silo.Time.Advance(Limits.Grains.KeptEvery - TimeSpan.FromSeconds(1));
        await FromGrain();
        Assert.NotNull(await _silo.Served.Look(_ann, Request));
        Assert.DoesNotContain(nameof(ICustomerGrain.StayInMemory), _calls);

        _silo.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await _silo.Served.Look(_ann, Request));
        Assert.NotNull(await _silo.Served.Look(_ann, Request));

        await FromGrain();
        Assert.Single(_calls, nameof(ICustomerGrain.StayInMemory));
    }

    private static string Text(DisclosureRecord record) => Encoding.UTF8.GetString(record.ToBytes().AsSpan());

    private async Task<LookAnswer> FromGrain() => (await _silo.Customer(_ann).Look(Request)).Value!;

    /// <summary>Done when the grain's answer is given again. The store may know of a change before the grain does, and then the grain's next answer is the old one.</summary>
    private async Task ServedAfterGrain()
    {
        LookAnswer fromGrain;
        LookAnswer? again;
        do
        {
            fromGrain = await FromGrain();
            again = await _silo.Served.Look(_ann, Request);
        }
        while (again is null && !_tooLong.IsCancellationRequested);
        Assert.Same(fromGrain.Brief, again?.Brief);
    }

    private async Task<IReadOnlyList<LedgerEntry>> Records(int max) => await _silo.Customer(_ann).ListRecords(long.MaxValue, max);

    private sealed class Calls(ConcurrentQueue<string> calls) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is ICustomerGrain)
            {
                calls.Enqueue(context.MethodName);
            }

            return context.Invoke();
        }
    }
}
