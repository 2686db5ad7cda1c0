using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Storage.Journal;
using CustomerContext.Storage.Tests.Conformance;
using CustomerContext.Testing;

namespace CustomerContext.Storage.Tests.Journal;

/// <summary>Silos of a cluster: a journal each, in one folder. What one noted is known to the others, with or without that silo.</summary>
public sealed class SharedJournalTests : IDisposable
{
    private static readonly CustomerKey _customer = Given.NewCustomer();
    private static readonly Withdrawal _revoked = new(WithdrawalKind.Grant, new GrantId("g-1"));

    private readonly TempFolder _folder = new();
    private readonly Notes _notes = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_AnotherSiloHasNoted_ItsWithdrawalsAreInTheBacklogThoughItIsStillWriting()
    {
        await using var one = Journal("one");
        await one.OpenAsync();
        await one.NoteAsync(_customer, 7, [_revoked]);
        await using var two = Journal("two");

        var backlog = await two.OpenAsync();

        var line = Assert.Single(backlog.Withdrawals);
        Assert.Equal((_customer, 7, _revoked), (line.Customer, line.Epoch, line.Withdrawal!.Value));
    }

    [Fact]
    public async Task Open_PauseNotedByOneAndItsEndByAnother_InTheOrderInWhichTheyWere()
    {
        await using var one = Journal("b");
        await one.OpenAsync();
        await using var two = Journal("a");
        await two.OpenAsync();
        await one.NoteAsync(_customer, 7, [new Withdrawal(WithdrawalKind.Paused)]);
        await two.NoteAsync(_customer, 8, [new Withdrawal(WithdrawalKind.Resumed)]);

        await using var three = Journal("c");
        Assert.Equal([7L, 8L], (await three.OpenAsync()).Withdrawals.Select(line => line.Epoch));
    }

    [Fact]
    public async Task Open_ErasureBegunByOneAndFinishedByAnother_IsNotLeft()
    {
        await using var one = Journal("one");
        await one.OpenAsync();
        await using var two = Journal("two");
        await two.OpenAsync();
        await one.NoteAsync(_customer, 7, [new Withdrawal(WithdrawalKind.Erased)]);
        await using (var between = Journal("three"))
        {
            Assert.Equal([_customer], (await between.OpenAsync()).Erasures.ToArray());
        }

        await two.NoteErasedAsync(_customer);

        await using var four = Journal("four");
        Assert.Empty((await four.OpenAsync()).Erasures);
    }

    [Fact]
    public async Task Open_TheJournalOfAnotherSiloIsNotThere_Refused()
    {
        await using (var one = Journal("one"))
        {
            await one.OpenAsync();
        }

        File.Delete(_folder.File(JournalOptions.OfSilo("one")));
        await using var two = Journal("two");

        var refused = await Assert.ThrowsAsync<StorageStartException>(two.OpenAsync);

        Assert.Contains("--journal", refused.Message, StringComparison.Ordinal);
        await using var accepting = Journal("two", accept: true);
        await accepting.OpenAsync();
    }

    [Fact]
    public async Task Open_HalfALineOfAnotherSilo_IsPassedOverAndLeftToIt()
    {
        await using (var one = Journal("one"))
        {
            await one.OpenAsync();
            await one.NoteAsync(_customer, 7, [_revoked]);
        }

        var file = _folder.File(JournalOptions.OfSilo("one"));
        await File.AppendAllTextAsync(file, "2 17000");
        await using var two = Journal("two");

        Assert.Single((await two.OpenAsync()).Withdrawals);
        Assert.EndsWith("2 17000", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AnotherProcessHasTheFile_RefusedUntilItEnds()
    {
        await using (var one = Journal("one"))
        {
            await one.OpenAsync();
            await using var twin = Journal("one");

            var refused = await Assert.ThrowsAsync<StorageStartException>(twin.OpenAsync);
            Assert.Contains("--silo-port", refused.Message, StringComparison.Ordinal);
        }

        await using var next = Journal("one");
        await next.OpenAsync();
    }

    [Fact]
    public async Task Open_AnotherSiloWritesAndMarksMeanwhile_ItsJournalIsNotTakenForAnOlderOne()
    {
        await using var one = Journal("one");
        await one.OpenAsync();
        _notes.BeforeRead = async () =>
        {
            await one.NoteAsync(_customer, 7, [_revoked]);
            await one.MarkAsync();
        };
        await using var two = Journal("two");

        await two.OpenAsync();
    }

    [Fact]
    public async Task Open_ACrashLeftAJournalThatHadNotBegun_IsPassedOver()
    {
        await File.WriteAllTextAsync(_folder.File(JournalOptions.OfSilo("one") + ".new"), "");
        await using var one = Journal("one");

        Assert.Empty((await one.OpenAsync()).Withdrawals);
    }

    private WithdrawalJournal Journal(string silo, bool accept = false) =>
        new(new JournalOptions { Folder = _folder.Path, FileName = JournalOptions.OfSilo(silo), AcceptNew = accept }, _notes, TimeProvider.System);

    private sealed class Notes : IStoreNotes
    {
        private readonly Dictionary<string, string> _notes = [];

        /// <summary>What another silo does before the first text is read.</summary>
        public Func<Task>? BeforeRead { get; set; }

        public async Task<string?> ReadAsync(string name)
        {
            var before = BeforeRead;
            BeforeRead = null;
            await (before?.Invoke() ?? Task.CompletedTask);
            return _notes.GetValueOrDefault(name);
        }

        public Task WriteAsync(string name, string text)
        {
            _notes[name] = text;
            return Task.CompletedTask;
        }

        public Task<string> WriteOnceAsync(string name, string text)
        {
            _notes.TryAdd(name, text);
            return Task.FromResult(_notes[name]);
        }

        public Task BeatAsync() => Task.CompletedTask;
    }
}
