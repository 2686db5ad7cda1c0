using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Grains.Ledger;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Silo.Tests.Background;

/// <summary>One customer who cannot be looked after stops it for nobody else.</summary>
public sealed class HousekeepingTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ReceiveReminder_TheFirstCustomerFails_TheOthersAreErasedWhenDue()
    {
        CustomerKey[] people = [new($"{1:x32}"), new($"{2:x32}"), new($"{3:x32}")];
        var calendar = new JumpingTime();
        await using (var before = await GroupSilo.Start(_data.Path, calendar))
        {
            foreach (var person in people)
            {
                await before.SetPreferences(person, false);
                await before.Publish(person, before.Answer(4));
                calendar.Jump(TimeSpan.FromSeconds(1));
            }
        }

        calendar.JumpTo(calendar.GetUtcNow().AddMonths(Limits.Records.IdleMonths + 1));
        var (held, log) = (new HeldSlot(StoreNames.Context), new LogLines());
        held.Instead = grain => grain.Key.ToString() == people[0].Value ? throw new InvalidOperationException("not to be read") : Task.CompletedTask;
        await using var silo = await GroupSilo.Start(_data.Path, calendar, services =>
        {
            held.Wrap(services);
            log.Wrap(services);
        });
        var housekeeping = silo.Grains.GetGrain<IHousekeepingGrain>(IHousekeepingGrain.Key);

        await housekeeping.ReceiveReminder("every minute", default);
        await housekeeping.ReceiveReminder("every minute", default);

        Assert.NotNull((await silo.Customer(people[1]).GetConsent()).ErasedAt);
        Assert.NotNull((await silo.Customer(people[2]).GetConsent()).ErasedAt);
        Assert.DoesNotContain(people[0].Value, Assert.Single(log.About("housekeeping of a customer")), StringComparison.Ordinal);

        held.Instead = null;
        calendar.Jump(Limits.Records.ErasureRetry);
        await housekeeping.ReceiveReminder("every minute", default);
        Assert.NotNull((await silo.Customer(people[0]).GetConsent()).ErasedAt);
    }

    [Fact]
    public async Task ReceiveReminder_TheStoreDoesNotSayWhoIsDue_IsReportedAndTriedTheNextMinute()
    {
        var log = new LogLines();
        await using var silo = await GroupSilo.Start(_data.Path, new JumpingTime(), services =>
        {
            services.AddSingleton<IHousekeepingTimes, SilentTimes>();
            log.Wrap(services);
        });

        await silo.Grains.GetGrain<IHousekeepingGrain>(IHousekeepingGrain.Key).ReceiveReminder("every minute", default);

        Assert.Single(log.About("list of customers to look after"));
    }

    private sealed class SilentTimes : IHousekeepingTimes
    {
        public Task SetAsync(CustomerKey customer, DateTimeOffset due) => throw new LedgerUnavailableException("a test said so");

        public Task<ImmutableArray<CustomerKey>> ListDueAsync(DateTimeOffset now, int max) => throw new LedgerUnavailableException("a test said so");

        public Task RemoveAsync(CustomerKey customer) => throw new LedgerUnavailableException("a test said so");
    }
}
