using System.Security.Cryptography;
using System.Text;

namespace CustomerContext.Storage.Journal;

/// <summary>
/// <c>withdrawals.journal</c> in the data folder: a first line with the journal's name, then <see cref="JournalLine"/>s, only ever appended to. A last line that was
/// cut off by a crash was not acknowledged to anybody, and is cut off for good.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const string FileName = JournalOptions.FileName;
    private const string Heading = "customercontext-withdrawals-1 ";

    private readonly FileStream _file;

    private JournalFile(FileStream file, string name, long last) => (_file, Name, Last) = (file, name, last);

    /// <summary>A random name, by which the store knows it.</summary>
    public string Name { get; }

    /// <summary>Number of the last line; 0 if there is none.</summary>
    public long Last { get; private set; }

    /// <summary>Opens the journal of <paramref name="folder"/>; absent if there is none.</summary>
    /// <exception cref="StorageStartException">The file is no journal, or is damaged.</exception>
    public static JournalFile? Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            file.SetLength(end);
            file.Position = end;
            var lines = Encoding.ASCII.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length == 0 || !lines[0].StartsWith(Heading, StringComparison.Ordinal))
            {
                throw new FormatException("It has no heading.");
            }

            var last = lines.Skip(1).Select(JournalLine.Parse).Aggregate(0L, (before, line) => line.Number == before + 1
                ? line.Number
                : throw new FormatException($"Line {before + 1} is missing."));
            return new JournalFile(file, lines[0][Heading.Length..], last);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            file.Dispose();
            throw new StorageStartException(
                $"{FileName} in the data folder is damaged: {error.Message} Bring it back from its copy, or start with --accept-journal to begin a new one.", error);
        }
    }

    /// <summary>Begins a journal in <paramref name="folder"/>; one that is there already is kept beside it.</summary>
    public static JournalFile Create(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            File.Move(path, $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}.old");
        }

        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        file.Write(Encoding.ASCII.GetBytes($"{Heading}{name}\n"));
        file.Flush(flushToDisk: true);
        return new JournalFile(file, name, 0);
    }

    /// <summary>All lines so far, in order.</summary>
    public IEnumerable<JournalLine> Read() => File.ReadLines(_file.Name, Encoding.ASCII).Skip(1).Select(JournalLine.Parse);

    /// <summary>Appends lines, numbered from <see cref="Last"/> + 1 on; they are on disk when it returns.</summary>
    public void Append(IReadOnlyCollection<JournalLine> lines)
    {
        var from = _file.Position;
        try
        {
            _file.Write(Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => $"{line}\n"))));
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _file.SetLength(from);
            _file.Position = from;
            throw;
        }

        Last += lines.Count;
    }

    public void Dispose() => _file.Dispose();
}
