using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Watches;

/// <summary>A watch on a customer who is linked with another one: it shows the news of both, and rests while there is none.</summary>
public sealed class LinkedWatchTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private GroupSilo _silo = null!;
    private ICustomerGrain _one = null!;
    private ICustomerGrain _other = null!;

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path);

        // Within a minute, so that nothing fades, and away from whole seconds, at which timers of the silo are due.
        _silo.Time.Advance(TimeSpan.FromMilliseconds(370));
        var (one, other) = (new CustomerKey($"{1:x32}"), new CustomerKey($"{2:x32}"));
        (_one, _other) = (_silo.Customer(one), _silo.Customer(other));
        foreach (var customer in (CustomerKey[])[one, other])
        {
            await Watched.Make(_silo, customer);
        }

        Assert.Null(await _one.AcceptMerge(new Merge(other, "key", _silo.Time.GetUtcNow())));
        Assert.Null(await _other.AcceptMerge(new Merge(one, "key", _silo.Time.GetUtcNow())));
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task NextStep_NothingNewOfEither_WaitsForTheHeartbeat()
    {
        var watch = await Watched.Open(_one);
        Assert.NotNull((await _one.NextStep(watch)).Frame);

        await Rests(_one.NextStep(watch));
    }

    [Fact]
    public async Task NextStep_TheOtherLearnsSomething_OneFrameAndThenRest()
    {
        var watch = await Watched.Open(_one);
        var first = (await _one.NextStep(watch)).Frame!;
        var next = _one.NextStep(watch);

        await _silo.Publish(new CustomerKey($"{2:x32}"), _silo.Answer(2));

        Assert.True((await next).Frame!.Version > first.Version);
        await Rests(_one.NextStep(watch));
    }

    private async Task Rests(Task<WatchStep> step)
    {
        var rest = _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Watches.Heartbeat);
        Assert.Same(rest, await Task.WhenAny(step, rest));
        await rest;
    }
}
