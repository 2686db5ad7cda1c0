using System.Security.Cryptography;
using System.Text;

namespace CustomerContext.Storage.Journal;

/// <summary>
/// A file of one silo: a first line with the journal's name, then <see cref="JournalLine"/>s, only ever appended to. A last line that was
/// cut off by a crash was not acknowledged to anybody, and is cut off for good by the silo whose file it is. The others read it as it is.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const string Heading = "customercontext-withdrawals-1 ";

    private readonly FileStream _file;

    private JournalFile(FileStream file, string name, long last) => (_file, Name, Last) = (file, name, last);

    /// <summary>A random name, by which the store knows it.</summary>
    public string Name { get; }

    /// <summary>Number of the last line; 0 if there is none.</summary>
    public long Last { get; private set; }

    /// <summary>Opens the journal at <paramref name="path"/>, to go on with it; absent if there is none.</summary>
    /// <exception cref="StorageStartException">The file is no journal, or is damaged.</exception>
    public static JournalFile? Open(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            var (read, end) = Read(file);
            file.SetLength(end);
            file.Position = end;
            return new JournalFile(file, read.Name, read.Lines.Length);
        }
        catch (StorageStartException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What the journal at <paramref name="path"/> holds now; another silo may be writing it.</summary>
    /// <exception cref="StorageStartException">The file is no journal, or is damaged.</exception>
    public static ReadJournal Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Read(file).Read;
    }

    private static (ReadJournal Read, int End) Read(FileStream file)
    {
        try
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            var lines = Encoding.ASCII.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length == 0 || !lines[0].StartsWith(Heading, StringComparison.Ordinal))
            {
                throw new FormatException("It has no heading.");
            }

            JournalLine[] parsed = [.. lines.Skip(1).Select(JournalLine.Parse)];
            return parsed.Where((line, i) => line.Number != i + 1).Select(line => (long?)line.Number).FirstOrDefault() is { } odd
                ? throw new FormatException($"Number {odd} stands where another one should.")
                : (new ReadJournal(lines[0][Heading.Length..], parsed), end);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            throw new StorageStartException(
                $"{Path.GetFileName(file.Name)} is damaged: {error.Message} Bring it back from its copy, or start with --accept-journal to go on without it.", error);
        }
    }

    /// <summary>Begins a journal at <paramref name="path"/>; one that is there already is kept beside it.</summary>
    public static JournalFile Create(string path)
    {
        if (File.Exists(path))
        {
            File.Move(path, $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}.old");
        }

        // Under another name until it has its heading: a crash leaves no journal without one, and nobody reads it half-written.
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var half = path + ".new";
        var file = new FileStream(half, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Write(Encoding.ASCII.GetBytes($"{Heading}{name}\n"));
        file.Flush(flushToDisk: true);
        File.Move(half, path);
        return new JournalFile(file, name, 0);
    }

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

/// <summary>What a journal holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lines">Its lines, numbered from 1 on.</param>
internal sealed record ReadJournal(string Name, JournalLine[] Lines);
