using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Tests.Background;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Watches;

/// <summary>The time of a grant ends while the store confirms consent for a frame.</summary>
public sealed class LateFrameTests : IAsyncLifetime, IDisposable
{
    private static readonly CustomerKey _me = new($"{1:x32}");

    private readonly TempFolder _data = new();
    private readonly FailingLedger _ledger = new();
    private GroupSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path, new FakeTime(), _ledger.Wrap);
        await _silo.SetPreferences(_me, false);
        await _silo.Publish(_me, _silo.Answer(4));
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task NextStep_TheGrantEndsWhileTheFrameIsConfirmed_TheWatchEndsWithoutTheFrame()
    {
        var customer = _silo.Customer(_me);
        var until = _silo.Time.GetUtcNow().AddSeconds(5);
        var granted = await customer.CreateGrant(new CreateGrant("g", new TenantId("acme"), Watched.Terms(FacetSet.All) with { Until = until }));
        Assert.True(granted.IsOk);
        var watch = await Watched.Open(customer);
        _ledger.BeforeReadAgain = () => _silo.Time.AdvanceTo(until);

        var step = await customer.NextStep(watch, CancellationToken.None);

        Assert.Null(_ledger.BeforeReadAgain);
        Assert.Equal(WatchEnd.Expired, step.End);
    }
}
