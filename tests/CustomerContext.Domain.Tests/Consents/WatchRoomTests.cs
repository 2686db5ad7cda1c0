using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Tests.Consents;

public class WatchRoomTests
{
    private static readonly TenantId _acme = new("acme");
    private static readonly TenantId _globex = new("globex");

    [Fact]
    public void NoRoom_OneTenantHasAllOfItsPlaces_OthersAndTheCustomerHaveTheirs()
    {
        Assert.Null(WatchRules.NoRoom(_acme, Open((_acme, Limits.Watches.PerTenant - 1))));

        var full = Open((_acme, Limits.Watches.PerTenant));
        Assert.Equal(RefusalReason.LimitReached, WatchRules.NoRoom(_acme, full)!.Reason);
        Assert.Null(WatchRules.NoRoom(_globex, full));
        Assert.Null(WatchRules.NoRoom(null, full));
    }

    [Fact]
    public void NoRoom_TenantsTogetherHaveAllPlaces_TheCustomerHasTheirs()
    {
        const int Others = Limits.Watches.OfTenants / Limits.Watches.PerTenant;
        var full = Open([.. Enumerable.Range(0, Others).Select(i => ((TenantId?)new TenantId($"t{i}"), Limits.Watches.PerTenant))]);

        Assert.Null(WatchRules.NoRoom(_acme, [.. full.Skip(1)]));
        Assert.Equal(RefusalReason.LimitReached, WatchRules.NoRoom(_acme, full)!.Reason);
        Assert.Null(WatchRules.NoRoom(null, full));
    }

    [Fact]
    public void NoRoom_TheCustomerHasAllOfTheirs_NotOneMore()
    {
        Assert.Null(WatchRules.NoRoom(null, Open((null, Limits.Watches.OfCustomer - 1))));
        Assert.Equal(RefusalReason.LimitReached, WatchRules.NoRoom(null, Open((null, Limits.Watches.OfCustomer)))!.Reason);
    }

    private static TenantId?[] Open(params (TenantId? Reader, int Watches)[] readers) => [.. readers.SelectMany(one => Enumerable.Repeat(one.Reader, one.Watches))];
}
