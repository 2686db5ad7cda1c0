using Spectre.Console;

namespace CustomerContext.Cli;

/// <summary>What a command may touch of the process around it; a test brings its own.</summary>
internal sealed record Surroundings
{
    /// <summary>Columns to write in when nobody watches: enough that lines rarely break.</summary>
    private const int UnwatchedWidth = 160;

    /// <summary>Standard output, for people: colour where the terminal has it.</summary>
    public required IAnsiConsole Screen { get; init; }

    /// <summary>Standard error, for people: errors, progress, notes.</summary>
    public required IAnsiConsole Notes { get; init; }

    /// <summary>Standard output as it is, for scripts.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error as it is, for scripts.</summary>
    public required TextWriter Errors { get; init; }

    /// <summary>Standard input.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Environment variables. Absent: not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static Surroundings OfProcess() => new()
    {
        Screen = Open(Console.Out, Console.IsOutputRedirected),
        Notes = Open(Console.Error, Console.IsErrorRedirected),
        Output = Console.Out,
        Errors = Console.Error,
        Input = Console.In,
        Variable = Environment.GetEnvironmentVariable,
    };

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = UnwatchedWidth;
        }

        return console;
    }
}
