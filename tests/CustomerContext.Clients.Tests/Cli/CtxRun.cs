using System.Security.Cryptography;
using CustomerContext.Cli;
using CustomerContext.Cli.Tokens;
using CustomerContext.Clients.Tests.Fakes;
using Spectre.Console;

namespace CustomerContext.Clients.Tests.Cli;

/// <summary>The command line in this process: its own data directory with a key, and everything that it writes.</summary>
internal sealed class CtxRun : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ctx");
    private readonly FakeServer? _server;
    private readonly Dictionary<string, string> _variables = [];

    public CtxRun(FakeServer? server)
    {
        _server = server;
        File.WriteAllText(PathOf(DevelopmentTokens.KeyFile), Key.ExportPkcs8PrivateKeyPem());
    }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public string PathOf(string file) => Path.Combine(_directory.FullName, file);

    public string Write(string file, params IEnumerable<string> lines)
    {
        File.WriteAllLines(PathOf(file), lines);
        return PathOf(file);
    }

    public void Set(string variable, string value) => _variables[variable] = value;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var surroundings = new Surroundings
        {
            Screen = Open(output),
            Notes = Open(errors),
            Output = output,
            Errors = errors,
            Input = TextReader.Null,
            Variable = name => name switch
            {
                _ when _variables.TryGetValue(name, out var value) => value,
                "CTX_DATA" => _directory.FullName,
                "CTX_ADDRESS" => _server?.Address.ToString(),
                _ => null,
            },
        };
        var exitCode = await CtxApp.RunAsync(args, surroundings);
        (Output, Errors) = (output.ToString(), errors.ToString());
        return exitCode;
    }

    public void Dispose()
    {
        Key.Dispose();
        _directory.Delete(recursive: true);
    }

    private static IAnsiConsole Open(StringWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 160;
        return console;
    }
}
