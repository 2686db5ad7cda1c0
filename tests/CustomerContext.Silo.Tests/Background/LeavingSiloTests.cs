using CustomerContext.Domain.Common;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Durability;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.V1;
using Orleans;
using Orleans.Core.Internal;

namespace CustomerContext.Silo.Tests.Background;

/// <summary>Nobody waits for news at a silo that stops: a call that did would hold its grain there, and all other calls for the same customer.</summary>
public sealed class LeavingSiloTests : IAsyncLifetime
{
    private const string Email = "a@b.example";

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private SiloOnFakeTime _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloOnFakeTime.Start();

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task Waits_SiloStops_EndThoughTheirTimeIsNotOver()
    {
        await _silo.MakeCustomer(Email);
        var customer = await _silo.CustomerOf(Email);
        var queue = _silo.Grains.GetGrain<IWorkQueueGrain>(WorkIds.QueuesOf(new TenantId("acme")).First());
        var last = (await customer.ListRecords(long.MaxValue, 1))[0].Sequence;
        Task[] waits = [customer.NextRequests([]), customer.NextRecords(last), queue.Next((await queue.Next(0)).Number)];

        _silo.Leave();

        foreach (var wait in waits)
        {
            await Assert.ThrowsAsync<SiloLeavingException>(() => wait.WaitAsync(_longest));
        }

        await Assert.ThrowsAsync<SiloLeavingException>(() => customer.NextRequests([]).WaitAsync(_longest));
    }

    /// <summary>Orleans lets a grain go for reasons of its own, as when the silo stops at which it was registered. Calls that wait must not hold it: all others wait behind them.</summary>
    [Fact]
    public async Task Waits_GrainIsLetGo_EndAtOnceAndItAnswersAgain()
    {
        await _silo.MakeCustomer(Email);
        var customer = await _silo.CustomerOf(Email);
        using var watch = _silo.Watch(Email);
        Assert.True(await watch.ResponseStream.MoveNext(default));
        var wait = customer.NextRequests([]);

        await customer.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        await Assert.ThrowsAsync<SiloLeavingException>(() => wait.WaitAsync(_longest));
        Assert.True(await watch.ResponseStream.MoveNext(default));
        Assert.Equal(WatchEndReason.ServerStopping, watch.ResponseStream.Current.Ended.Reason);
        Assert.True(await _silo.Sees(Email));
    }

    [Fact]
    public async Task Watch_SiloStops_ReaderIsTold()
    {
        await _silo.MakeCustomer(Email);
        using var watch = _silo.Watch(Email);
        Assert.True(await watch.ResponseStream.MoveNext(default));

        _silo.Leave();

        Assert.True(await watch.ResponseStream.MoveNext(default));
        Assert.Equal(WatchEndReason.ServerStopping, watch.ResponseStream.Current.Ended.Reason);
    }
}
