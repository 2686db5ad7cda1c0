using System.Text.Json;

namespace CustomerContext.Cli.Replay;

/// <summary>How far a replay has come; kept beside the file, so that an interrupted one resumes. Deleted when all is done.</summary>
internal sealed class ReplayPlace
{
    private readonly string _path;
    private readonly string _fileState;

    private ReplayPlace(string path, string fileState, Saved saved)
    {
        _path = path;
        _fileState = fileState;
        Line = saved.Line;
        Tally = saved.Tally;
    }

    /// <summary>The last line that is done, and all before it.</summary>
    public long Line { get; set; }

    /// <summary>How far the file is read, in bytes; not kept.</summary>
    public long Position { get; set; }

    public ReplayTally Tally { get; }

    /// <summary>The place that an earlier run kept, if the file and <paramref name="reading"/>, a hash of what else decides what is sent where, are still the same.</summary>
    public static ReplayPlace Load(FileInfo file, string reading, bool fromStart)
    {
        var path = file.FullName + ".progress";
        var state = $"{file.Length} {file.LastWriteTimeUtc.Ticks} {reading}";
        var saved = fromStart ? null : Read(path);
        return new ReplayPlace(path, state, saved?.File == state ? saved : new Saved(state, 0, new ReplayTally()));
    }

    /// <summary>Durable enough for a resume: repeats are safe, so losing the last second costs nothing but time.</summary>
    public void Save()
    {
        var temporary = _path + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(new Saved(_fileState, Line, Tally)));
        File.Move(temporary, _path, overwrite: true);
    }

    public void Delete() => File.Delete(_path);

    private static Saved? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Saved>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null; // not one of ours: start over
        }
    }

    /// <param name="File">Length and time of the file that it is about, and how it is read and where it goes.</param>
    /// <param name="Line">See <see cref="ReplayPlace.Line"/>.</param>
    /// <param name="Tally">Up to there.</param>
    private sealed record Saved(string File, long Line, ReplayTally Tally);
}
