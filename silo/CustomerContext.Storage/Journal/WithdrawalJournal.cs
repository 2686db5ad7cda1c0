using System.Collections.Immutable;
using System.Threading.Channels;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage.Journal;

/// <inheritdoc cref="IWithdrawalJournal"/>
/// <remarks>One loop writes; what waits meanwhile shares the next flush of the disk. Now and then the store is told how far it has come with it.</remarks>
internal sealed class WithdrawalJournal(JournalOptions options, IStoreNotes notes, TimeProvider time) : IWithdrawalJournal, IAsyncDisposable
{
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private FileStream? _owned;
    private JournalFile? _file;
    private Task _writing = Task.CompletedTask;
    private long _marked;

    private string Path => System.IO.Path.Combine(options.Folder, options.FileName);

    /// <summary>Opens this silo's file, reads those of all others, and says what the store may lack of them.</summary>
    /// <exception cref="StorageStartException">A journal that belongs to the store is not there, is damaged, or is older than the store.</exception>
    public async Task<JournalBacklog> OpenAsync()
    {
        _owned = Own();
        _file = options.AcceptNew ? Kept() : JournalFile.Open(Path);

        // Marks first and lines after them: other silos go on writing, and a mark must not be of lines that were not there yet.
        var marks = new Dictionary<string, long>();
        foreach (var journal in Journals())
        {
            marks[journal.Name] = await StartRetry.Try(() => JournalMark.Read(notes, journal.Name));
        }

        var there = Journals().Select(journal => (Journal: journal, Marked: marks.GetValueOrDefault(journal.Name))).ToList();
        var known = await StartRetry.Try(() => JournalMark.Names(notes));
        string[] names = [.. there.Select(one => one.Journal.Name)];
        if (!options.AcceptNew && (known.Except(names).Any() || there.Any(one => one.Journal.Lines.Length < one.Marked)))
        {
            _file?.Dispose();
            _owned.Dispose();
            throw new StorageStartException(
                $"This store has a journal of withdrawals that is not in {options.Folder}, or is older there. Without it what customers "
                + "took back or erased since the store was backed up would come back. Bring it back from its copy, name the folder that all silos share (--journal), or start with --accept-journal.");
        }

        if (_file is null)
        {
            _file = JournalFile.Create(Path);
            names = [.. names, _file.Name];
        }

        if (!known.ToHashSet().SetEquals(names))
        {
            await StartRetry.Try(() => JournalMark.Belong(notes, names));
        }

        _marked = Math.Min(there.Where(one => one.Journal.Name == _file.Name).Select(one => one.Marked).FirstOrDefault(), _file.Last);
        await StartRetry.Try(() => JournalMark.Write(notes, _file.Name, _marked));
        _writing = WriteAll(_file);
        return JournalBacklog.Of(there);
    }

    /// <summary>Tells the store that it has everything that was noted so far.</summary>
    public async Task MarkAsync()
    {
        var last = _file!.Last;
        await JournalMark.Write(notes, _file.Name, last);
        _marked = last;
    }

    public Task NoteAsync(CustomerKey customer, long epoch, ImmutableArray<Withdrawal> withdrawals) =>
        Note([.. withdrawals.Select(withdrawal => new JournalLine(0, 0, customer, epoch, withdrawal))]);

    public Task NoteErasedAsync(CustomerKey customer) => Note([new JournalLine(0, 0, customer, 0, null)]);

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        _file?.Dispose();
        _owned?.Dispose();
    }

    /// <summary>Makes sure that nobody else writes the same file, as long as this process runs.</summary>
    private FileStream Own()
    {
        Directory.CreateDirectory(options.Folder);
        try
        {
            return new FileStream($"{Path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new StorageStartException(
                $"Another process writes {options.FileName} in {options.Folder}. Each silo of a cluster needs a host name and silo port (--silo-port) that no other has.", error);
        }
    }

    /// <summary>A journal that can be gone on with although the store may be of another one; a damaged one is begun anew.</summary>
    private JournalFile? Kept()
    {
        try
        {
            return JournalFile.Open(Path);
        }
        catch (StorageStartException)
        {
            return JournalFile.Create(Path);
        }
    }

    /// <summary>All journals of the folder; with <see cref="JournalOptions.AcceptNew"/> without those that are damaged.</summary>
    private IEnumerable<ReadJournal> Journals()
    {
        foreach (var path in Directory.CreateDirectory(options.Folder).GetFiles(JournalOptions.Pattern).Select(file => file.FullName).Order(StringComparer.Ordinal))
        {
            ReadJournal? read = null;
            try
            {
                read = JournalFile.Read(path);
            }
            catch (StorageStartException) when (options.AcceptNew)
            {
                // The operator said so.
            }

            if (read is not null)
            {
                yield return read;
            }
        }
    }

    private async Task Note(ImmutableArray<JournalLine> lines)
    {
        var waiting = new Waiting(lines, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_waiting.Writer.TryWrite(waiting))
        {
            throw new LedgerUnavailableException("The journal of withdrawals is closed.");
        }

        await waiting.Done.Task;
    }

    private async Task WriteAll(JournalFile file)
    {
        await Task.Yield();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<Waiting>();
            while (_waiting.Reader.TryRead(out var one))
            {
                batch.Add(one);
            }

            Write(file, batch);
            if (file.Last - _marked >= Limits.Records.JournalMark)
            {
                await TryMark();
            }
        }
    }

    private void Write(JournalFile file, List<Waiting> batch)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        try
        {
            file.Append([.. batch.SelectMany(one => one.Lines).Select((line, i) => line with { Number = file.Last + 1 + i, At = now })]);
            batch.ForEach(one => one.Done.SetResult());
        }
        catch (IOException error)
        {
            var unavailable = new LedgerUnavailableException("The journal of withdrawals could not be written.", error);
            batch.ForEach(one => one.Done.SetException(unavailable));
        }
    }

    private async Task TryMark()
    {
        try
        {
            await MarkAsync();
        }
        catch (StoreUnavailableException)
        {
            // The next start then repeats a few lines more, which changes nothing.
        }
    }

    private readonly record struct Waiting(ImmutableArray<JournalLine> Lines, TaskCompletionSource Done);
}
