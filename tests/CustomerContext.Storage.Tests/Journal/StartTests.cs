using CustomerContext.Domain;
using CustomerContext.Storage.Journal;
using CustomerContext.Testing;

namespace CustomerContext.Storage.Tests.Journal;

/// <summary>A store that is slow when a busy machine starts is asked again; one that does not answer at all fails the start.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_OneAttemptLeft_Opened()
    {
        await using var journal = Journal(failures: Limits.Storage.StartAttempts - 1);

        Assert.Empty((await journal.OpenAsync()).Erasures);
    }

    [Fact]
    public async Task Open_NoAttemptLeft_Unavailable()
    {
        await using var journal = Journal(failures: Limits.Storage.StartAttempts);

        await Assert.ThrowsAsync<StoreUnavailableException>(journal.OpenAsync);
    }

    private WithdrawalJournal Journal(int failures) =>
        new(new JournalOptions { Folder = _folder.Path }, new SlowNotes(failures), TimeProvider.System);

    private sealed class SlowNotes(int failures) : IStoreNotes
    {
        private readonly Dictionary<string, string> _notes = [];
        private int _failures = failures;

        public Task<string?> ReadAsync(string name) => Answer(() => _notes.GetValueOrDefault(name));

        public Task WriteAsync(string name, string text) => Answer(() => _notes[name] = text);

        public Task<string> WriteOnceAsync(string name, string text) => Answer(() => _notes.TryAdd(name, text) ? text : _notes[name]);

        public Task BeatAsync() => Answer(() => 0);

        private Task<T> Answer<T>(Func<T> answer) =>
            _failures-- > 0 ? Task.FromException<T>(new StoreUnavailableException("no answer in time")) : Task.FromResult(answer());
    }
}
