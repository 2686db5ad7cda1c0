using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Silo.Tests.Background;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Watches;

/// <summary>The end of a watch goes on record, once, though the store fails at that moment.</summary>
public sealed class ClosedWatchTests : IAsyncLifetime, IDisposable
{
    private static readonly CustomerKey _me = new($"{1:x32}");

    private readonly TempFolder _data = new();
    private readonly FailingLedger _ledger = new();
    private GroupSilo _silo = null!;
    private ICustomerGrain _customer = null!;

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path, new FakeTime(), _ledger.Wrap);
        _customer = _silo.Customer(_me);
        await Watched.Make(_silo, _me);
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CloseWatch_TheStoreFailsOnce_TheEndIsOnRecordOnce(bool appendLands)
    {
        var watch = await Watched.Open(_customer);
        var opened = await _customer.ListRecords(long.MaxValue, 1);
        _ledger.Fail(1, appendLands);

        await Leave(watch);
        await _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Ties.FirstRetry);
        _silo.Time.Advance(Limits.Ties.FirstRetry);
        var records = await _customer.NextRecords(opened[0].Sequence);

        // The same question once more comes behind whatever the repeat did.
        await Watched.Open(_customer);
        records = await _customer.ListRecords(long.MaxValue, 10);
        var closed = Assert.Single(records.Select(entry => DisclosureRecord.FromBytes(entry.Payload.AsSpan())), record => record.Kind == DisclosureKind.WatchClosed);
        Assert.Equal(watch, closed.Watch);
    }

    private async Task Leave(string watch)
    {
        try
        {
            await _customer.CloseWatch(watch);
        }
        catch (LedgerUnavailableException)
        {
            // The reader has left: nobody asks again.
        }
    }
}
