using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Tests.Background;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Silo.Tests.Watches;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Records;

/// <summary>Versions of a grant, as receipts are made of.</summary>
public sealed class GrantVersionTests : IDisposable
{
    private static readonly CustomerKey _me = new($"{1:x32}");

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task GetGrantVersion_LatestOfALongRecord_OnePageIsRead()
    {
        var ledger = new FailingLedger();
        await using var silo = await GroupSilo.Start(_data.Path, new FakeTime(), ledger.Wrap);
        var customer = silo.Customer(_me);
        var grant = await Watched.Make(silo, _me);
        foreach (var looks in Enumerable.Range(0, Limits.Storage.ListedEntries + 1).Chunk(Limits.Ledger.BatchDecisions))
        {
            Assert.All(await Task.WhenAll(looks.Select(_ => customer.Look(TimedSilo.Look()))), look => Assert.True(look.IsOk));
        }

        await customer.UpdateGrant(new UpdateGrant("u", grant, Watched.Terms(FacetSet.Of(Facet.Sentiment))));
        var before = ledger.Lists;

        var latest = (await customer.GetGrantVersion(grant, null)).Value!;

        Assert.Equal(2, latest.Version);
        Assert.Equal(1, ledger.Lists - before);
        Assert.Equal(1, (await customer.GetGrantVersion(grant, 1)).Value!.Version);
        Assert.Equal(RefusalReason.NotFound, (await customer.GetGrantVersion(grant, 3)).Refusal!.Reason);
        await customer.RevokeGrant(new RevokeGrant("r", grant));
        Assert.Equal(ConsentChangeKind.GrantRevoked, (await customer.GetGrantVersion(grant, 3)).Value!.Change.Kind);
    }
}
