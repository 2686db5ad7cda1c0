using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.Cli.Replay;
using CustomerContext.Client;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>A command that sends a file: goes on where an earlier run was interrupted, shows how far it is, and says what became of everything.</summary>
internal abstract class FileCommand : CtxCommand
{
    private readonly Argument<FileInfo> _file;
    private readonly Option<bool> _restart = new("--restart") { Description = "From the first line, even if an earlier run was interrupted" };

    protected FileCommand(string name, string description, string file, SharedOptions shared, Surroundings surroundings)
        : base(name, description, shared, surroundings)
    {
        _file = new Argument<FileInfo>("FILE") { Description = file };
        Arguments.Add(_file);
        Options.Add(_restart);
    }

    /// <exception cref="UsageException">There is none.</exception>
    protected FileInfo FileOf(ParseResult parsed) => parsed.GetRequiredValue(_file) is { Exists: true } file
        ? file
        : throw new UsageException($"there is no file {parsed.GetRequiredValue(_file).FullName}");

    /// <summary>A client that outlives a restart of the server.</summary>
    protected static CustomerContextClient Patient(CustomerContextClient client) =>
        client.With(client.Options with { Retry = ReplayRetry.Retry, WriteDeadline = ReplayRetry.Deadline });

    /// <summary>Sends the file from where an earlier run stopped.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="reading">What else decides what the file says, and where it goes as whom. A place that was kept under another one is not used; only a hash is kept.</param>
    /// <param name="run">Sends it; what stopped it, or nothing.</param>
    /// <returns>The exit code.</returns>
    protected async Task<int> SendAsync(ParseResult parsed, IEnumerable<string> reading, Func<ReplayProgress, Task<Exception?>> run)
    {
        var file = FileOf(parsed);
        var place = ReplayPlace.Load(file, HashOf(reading), parsed.GetValue(_restart));
        if (!IsJson(parsed) && place.Line > 0)
        {
            Surroundings.Notes.MarkupLine($"[grey]Resuming after line {place.Line:N0}.[/]");
        }

        var failure = IsJson(parsed) || !Surroundings.Notes.Profile.Capabilities.Interactive
            ? await run(new ReplayProgress(place, Surroundings.Time, _ => { }))
            : await ReplayPage.WithBarAsync(Surroundings.Notes, file, show => run(new ReplayProgress(place, Surroundings.Time, show)));
        Tell(parsed, place.Tally, failure is null);
        return failure switch
        {
            null => place.Tally.IsAllTaken ? ExitCode.Ok : ExitCode.Refused,
            CustomerContextException error => Report(parsed, error),
            UsageException error => throw error,
            _ => Interrupted(parsed),
        };
    }

    /// <summary>Says what became of everything.</summary>
    protected void Tell(ParseResult parsed, ReplayTally tally, bool isComplete, bool isDryRun = false)
    {
        if (IsJson(parsed))
        {
            Surroundings.Output.WriteLine(Json.Line(tally.ToJson(isComplete)));
        }
        else
        {
            ReplayPage.Write(Surroundings.Screen, tally, isDryRun);
        }
    }

    private static string HashOf(IEnumerable<string> reading) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(reading)));

    private int Report(ParseResult parsed, CustomerContextException error)
    {
        ErrorReport.Write(Surroundings, IsJson(parsed), error);
        Interrupted(parsed);
        return ExitCode.Of(error);
    }

    private int Interrupted(ParseResult parsed)
    {
        if (!IsJson(parsed))
        {
            Surroundings.Notes.MarkupLine("[yellow]Not finished.[/] The same command goes on from here.");
        }

        return ExitCode.Interrupted;
    }
}
