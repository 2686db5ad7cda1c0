using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Grains.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Silo.Tests.Records;

/// <summary>How long things are kept, with a calendar that stands still.</summary>
public sealed class HousekeepingTests : IAsyncLifetime
{
    private const string Key = "00112233445566778899aabbccddeeff";

    private TimedSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await TimedSilo.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Housekeep_AMomentBeforeThirteenMonths_StillThere()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await _silo.Publish(customer, "s1");

        _silo.Time.JumpTo(_silo.Time.GetUtcNow().AddMonths(Limits.Records.IdleMonths).AddMilliseconds(-1));
        await _silo.Housekeep();

        Assert.Null((await customer.GetConsent()).ErasedAt);
        Assert.NotEmpty((await customer.GetContext()).Sources);
    }

    [Fact]
    public async Task Housekeep_AfterThirteenMonthsWithoutASignal_Erased()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await _silo.Publish(customer, "s1");
        var due = _silo.Time.GetUtcNow().AddMonths(Limits.Records.IdleMonths);

        // Twice: the first time it comes to know the day.
        _silo.Time.JumpTo(due.AddDays(-1));
        await _silo.Housekeep();
        _silo.Time.JumpTo(due);
        await _silo.Housekeep();

        Assert.Equal(due, (await customer.GetConsent()).ErasedAt);
        Assert.Empty((await customer.GetContext()).Sources);
        Assert.All(await customer.ListRecords(long.MaxValue, 100), entry => Assert.True(entry.IsErased));
        var times = _silo.Services.GetRequiredService<IHousekeepingTimes>();
        Assert.Empty(await times.ListDueAsync(DateTimeOffset.MaxValue, 10));
    }

    [Fact]
    public async Task Housekeep_HeardOfInBetween_StillThere()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        var due = _silo.Time.GetUtcNow().AddMonths(Limits.Records.IdleMonths);
        _silo.Time.JumpTo(due.AddDays(-1));
        await _silo.Publish(customer, "s1");

        _silo.Time.JumpTo(due.AddDays(1));
        await _silo.Housekeep();

        Assert.Null((await customer.GetConsent()).ErasedAt);
    }

    [Fact]
    public async Task Housekeep_RecordsOlderThanTwentyFourMonths_PrunedBehindASignedCheckpoint()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await customer.Look(TimedSilo.Look());
        var pruned = await customer.ListRecords(long.MaxValue, 1);
        var due = _silo.Time.GetUtcNow().AddMonths(Limits.Records.DisclosureMonths);
        _silo.Time.JumpTo(_silo.Time.GetUtcNow().AddMonths(12));
        await _silo.Grant(customer);
        await customer.Look(TimedSilo.Look());

        _silo.Time.JumpTo(due);
        await _silo.Publish(customer, "s1");
        await customer.Housekeep();
        Assert.Null(await customer.GetCheckpoint());
        _silo.Time.JumpTo(due.AddMilliseconds(1));
        await customer.Housekeep();

        var checkpoint = await customer.GetCheckpoint();
        Assert.Equal(pruned[0].Head, checkpoint!.Head);
        Assert.Equal(3, checkpoint.Signature.Split('.').Length);
        var left = await customer.ListRecords(long.MaxValue, 100);
        Assert.Equal([5L, 4L], left.Select(entry => entry.Sequence));
        Assert.Null(Chain.Verify(checkpoint.Head, left.Reverse(), left[0].Head));
    }

    [Fact]
    public async Task Keep_EverythingOlder_LastRecordStays()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        _silo.Time.JumpTo(_silo.Time.GetUtcNow().AddMonths(Limits.Records.DisclosureMonths + 1));
        await _silo.Publish(customer, "s1");

        await customer.Housekeep();

        Assert.Equal([2L], (await customer.ListRecords(long.MaxValue, 100)).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task ListRefusedLooks_NinetyDays_CountedPerTenantAndDay()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        for (var day = 0; day < 2; day++)
        {
            for (var look = 0; look <= day; look++)
            {
                Assert.Equal(RefusalReason.ConsentRequired, (await customer.Look(TimedSilo.Look("globex"))).Refusal!.Reason);
            }

            _silo.Time.Jump(TimeSpan.FromDays(1));
        }

        var today = RetentionRules.DayOf(_silo.Time.GetUtcNow());
        RefusedDay[] expected = [new RefusedDay(new TenantId("globex"), today - 1, 2), new RefusedDay(new TenantId("globex"), today - 2, 1)];
        Assert.Equal(expected, (await customer.ListRefusedLooks()).ToArray());

        _silo.Time.Jump(TimeSpan.FromDays(Limits.Records.RefusedDays - 2));
        Assert.Equal(expected[..1], (await customer.ListRefusedLooks()).ToArray());
    }

    [Fact]
    public async Task Look_RefusedBeforeTheSiloStops_CountIsThereAfterIt()
    {
        await _silo.MakeCustomer(_silo.Customer(Key));
        await _silo.Customer(Key).Look(TimedSilo.Look("globex"));

        await _silo.Restart();

        Assert.Equal(1, Assert.Single(await _silo.Customer(Key).ListRefusedLooks()).Looks);
    }

    [Fact]
    public async Task Look_AtNobody_NothingCounted()
    {
        var nobody = _silo.Customer(Key);

        await nobody.Look(TimedSilo.Look("globex"));

        Assert.Empty(await nobody.ListRefusedLooks());
    }
}
