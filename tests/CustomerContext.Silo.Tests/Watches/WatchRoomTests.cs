using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Watches;

/// <summary>One tenant's watches take no place of the customer's, however many are opened at the same moment.</summary>
public sealed class WatchRoomTests : IDisposable
{
    private static readonly CustomerKey _me = new("00000000000000000000000000000043");

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task OpenWatch_MoreAtOnceThanOneTenantMay_TheRestRefusedAndTheCustomerLetIn()
    {
        const int More = 300;
        await using var silo = await GroupSilo.Start(_data.Path);
        var customer = silo.Customer(_me);
        await Watched.Make(silo, _me);

        var opened = await Task.WhenAll(Enumerable.Range(0, Limits.Watches.PerTenant + More).Select(_ => customer.OpenWatch(Request(Watched.Read))));

        Assert.Equal(Limits.Watches.PerTenant, opened.Count(one => one.IsOk));
        Assert.All(opened.Where(one => !one.IsOk), one => Assert.Equal(RefusalReason.LimitReached, one.Refusal!.Reason));
        Assert.True((await customer.OpenWatch(Request(new ReadRequest(null, ActorRole.Customer, null, FacetSet.All, null)))).IsOk);

        // One that is over makes room for one.
        await customer.CloseWatch(opened.First(one => one.IsOk).Value!);
        Assert.True((await customer.OpenWatch(Request(Watched.Read))).IsOk);
        Assert.False((await customer.OpenWatch(Request(Watched.Read))).IsOk);
    }

    private static WatchRequest Request(ReadRequest read) => new(new LookRequest(read, "actor"), DateTimeOffset.MaxValue);
}
