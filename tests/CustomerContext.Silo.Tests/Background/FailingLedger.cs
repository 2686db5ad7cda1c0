using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Silo.Tests.Background;

/// <summary>A ledger whose appends a test can have wait, or fail: before they are made, or behind it and before anybody heard of it.</summary>
internal sealed class FailingLedger
{
    private int _failing;
    private int _lists;
    private bool _landsAll;

    /// <summary>How often entries were listed.</summary>
    public int Lists => Volatile.Read(ref _lists);

    /// <summary>What happens, once, before a ledger is read again.</summary>
    public Action? BeforeReadAgain { get; set; }

    /// <summary>What an append to a customer's ledger waits for before it is made; absent: nothing.</summary>
    public Func<CustomerKey, Task>? BeforeAppend { get; set; }

    /// <summary>The next <paramref name="appends"/> fail.</summary>
    /// <param name="appends">0 or more.</param>
    /// <param name="landsAll">They are durable all the same.</param>
    public void Fail(int appends, bool landsAll = false)
    {
        _landsAll = landsAll;
        Volatile.Write(ref _failing, appends);
    }

    /// <summary>Puts this before the ledger of a silo.</summary>
    public void Wrap(IServiceCollection services)
    {
        var ledger = services.Last(service => service.ServiceType == typeof(ILedger));
        services.Remove(ledger);
        services.AddSingleton<ILedger>(provider => new Ledger(this, (ILedger)ActivatorUtilities.CreateInstance(provider, ledger.ImplementationType!)));
    }

    private sealed class Ledger(FailingLedger failing, ILedger inner) : ILedger
    {
        public Task<LedgerState?> ReadAsync(CustomerKey customer) => inner.ReadAsync(customer);

        public Task<LedgerState?> ReadAgainAsync(CustomerKey customer)
        {
            var before = failing.BeforeReadAgain;
            failing.BeforeReadAgain = null;
            before?.Invoke();
            return inner.ReadAgainAsync(customer);
        }

        public async Task<AppendOutcome> AppendAsync(CustomerKey customer, LedgerVersion? expected, ConsentState? consent, ImmutableArray<LedgerEntry> entries)
        {
            await (failing.BeforeAppend?.Invoke(customer) ?? Task.CompletedTask);
            if (Interlocked.Decrement(ref failing._failing) < 0)
            {
                return await inner.AppendAsync(customer, expected, consent, entries);
            }

            if (failing._landsAll)
            {
                await inner.AppendAsync(customer, expected, consent, entries);
            }

            throw new LedgerUnavailableException("a test said so");
        }

        public Task<ImmutableArray<LedgerEntry>> ListAsync(CustomerKey customer, long before, int max)
        {
            Interlocked.Increment(ref failing._lists);
            return inner.ListAsync(customer, before, max);
        }

        public Task EraseAsync(CustomerKey customer, ImmutableArray<LedgerEntry> erased) => inner.EraseAsync(customer, erased);

        public Task PruneAsync(CustomerKey customer, Checkpoint checkpoint) => inner.PruneAsync(customer, checkpoint);
    }
}
