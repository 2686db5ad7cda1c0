using System.Collections.Concurrent;
using System.Globalization;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Storage.Tests.Sqlite;

/// <summary>A few customers who all write at once, and what each was told: the judge of a store that was cut off.</summary>
/// <param name="steps">How many steps the disk has made.</param>
/// <param name="seed">Of what they write.</param>
internal sealed class StoreLoad(Func<int> steps, int seed)
{
    private const int Customers = 6;

    private readonly Writer[] _writers = [.. Enumerable.Range(0, Customers).Select(number => new Writer(steps, new Random(seed + number)))];

    /// <summary>Each writes so often, whatever the store says.</summary>
    public Task Run(IServiceProvider store, int writes) => Task.WhenAll(_writers.Select(writer => Task.Run(() => writer.Run(store, writes))));

    /// <summary>Asserts that the store has all that was acknowledged before the disk's step <paramref name="step"/>, and nothing that nobody wrote; then that it goes on.</summary>
    public async Task Check(IServiceProvider store, int step)
    {
        foreach (var writer in _writers)
        {
            await writer.Check(store, step);
        }
    }

    private sealed class Writer(Func<int> steps, Random random)
    {
        private readonly CustomerKey _customer = Given.NewCustomer();
        private readonly ConcurrentDictionary<Digest, bool> _begun = [];

        /// <summary>What was acknowledged, and when.</summary>
        private readonly List<(int Step, LedgerVersion Version, long Erased, long Pruned, long Note)> _told = [];
        private (LedgerVersion Version, long Erased, long Pruned, long Note) _known;
        private long _note;

        public async Task Run(IServiceProvider store, int writes)
        {
            for (var write = 0; write < writes; write++)
            {
                try
                {
                    await WriteOne(store);
                    _told.Add((steps(), _known.Version, _known.Erased, _known.Pruned, _known.Note));
                }
                catch (Exception error) when (error is LedgerUnavailableException or StoreUnavailableException)
                {
                    // Nobody knows. What was acknowledged before must be there all the same.
                }
            }
        }

        public async Task Check(IServiceProvider store, int step)
        {
            var ledger = store.GetRequiredService<ILedger>();
            var told = _told.LastOrDefault(one => one.Step <= step);
            var note = await store.GetRequiredService<IStoreNotes>().ReadAsync(_customer.Value);
            Assert.InRange(note is null ? 0 : long.Parse(note, CultureInfo.InvariantCulture), told.Note, _note);
            if (await ledger.ReadAsync(_customer) is not { } state)
            {
                Assert.Equal(default, told.Version);
                return;
            }

            AssertNotBefore(told.Version, state);
            var chain = (await ledger.ListAsync(_customer, long.MaxValue, 1000)).Reverse().ToArray();
            Assert.Null(Chain.Verify(state.Checkpoint?.Head ?? ChainHead.Empty, chain, state.Head));
            Assert.All(chain, entry => Assert.Contains(entry.Hash, _begun));
            Assert.All(chain, entry => Assert.True(entry.IsErased || entry.Sequence > told.Erased));
            Assert.True((state.Checkpoint?.Head.Sequence ?? 0) >= told.Pruned);
            Assert.Equal(chain[^1].Epoch, state.Consent.Epoch);
            await ledger.Append(_customer, 1);
        }

        private async Task WriteOne(IServiceProvider store)
        {
            var ledger = store.GetRequiredService<ILedger>();
            var state = await ledger.ReadAsync(_customer);
            AssertNotBefore(_known.Version, state);
            var pruned = state?.Checkpoint?.Head.Sequence ?? 0;
            var erased = Math.Max(_known.Erased, pruned);
            switch (random.Next(12))
            {
                case 0 when state?.Head.Sequence > erased:
                    var entries = await ledger.ListAsync(_customer, erased + 2 + random.Next(5), 5);
                    await ledger.EraseAsync(_customer, [.. entries.Reverse().Select(entry => entry.Erased())]);
                    _known.Erased = entries[^1].Sequence <= erased + 1 ? entries[0].Sequence : _known.Erased;
                    break;
                case 1 when state?.Head.Sequence > pruned + 3:
                    var last = (await ledger.ListAsync(_customer, pruned + 3, 1))[0].Head;
                    await ledger.PruneAsync(_customer, new Checkpoint(last, DateTimeOffset.UnixEpoch, "signature"));
                    _known.Pruned = last.Sequence;
                    break;
                case 2 or 3:
                    await store.GetRequiredService<IStoreNotes>().WriteAsync(_customer.Value, (++_note).ToString(CultureInfo.InvariantCulture));
                    _known.Note = _note;
                    break;
                default:
                    await Append(ledger, state);
                    break;
            }
        }

        private async Task Append(ILedger ledger, LedgerState? state)
        {
            var epoch = (state?.Version.Epoch ?? 0) + (state is null || random.Next(4) == 0 ? 1 : 0);
            var entries = Given.Entries(state?.Head ?? ChainHead.Empty, epoch, random.Next(1, 4), new string((char)random.Next('a', 'z'), random.Next(20, 900)));
            foreach (var entry in entries)
            {
                _begun[entry.Hash] = true;
            }

            Assert.Equal(AppendOutcome.Applied, await ledger.AppendAsync(_customer, state?.Version, epoch == state?.Version.Epoch ? null : Given.Consent(epoch), entries));
            _known.Version = new LedgerVersion(epoch, entries[^1].Sequence);
        }

        private static void AssertNotBefore(LedgerVersion told, LedgerState? state)
        {
            Assert.True(state?.Version.Sequence >= told.Sequence || told == default, $"{state?.Version} is there, and {told} was acknowledged.");
            Assert.True(state?.Version.Epoch >= told.Epoch || told == default, $"{state?.Version} is there, and {told} was acknowledged.");
        }
    }
}
