using System.Text.RegularExpressions;
using CustomerContext.Testing;

namespace CustomerContext.Clients.Tests.Docs;

/// <summary>Every command in the README and the docs does what a reader expects of it, or stands here with the reason why it is not run.</summary>
public sealed partial class DocCommandTests : IDisposable
{
    /// <summary>The document whose commands are typed one after the other, in the demo town.</summary>
    private const string Walk = "docs/getting-started.md";

    /// <summary>Commands that are not run, by how they begin.</summary>
    private static readonly Dictionary<string, string> _notRun = new()
    {
        ["./run --demo"] = "builds, and takes the ports of the machine: the walk below starts what it starts, on free ones",
        ["./run --cluster "] = "the same",
        ["./ctx get --address "] = "asks a silo of that cluster",
        ["dotnet build "] = "what ./test builds",
        ["DOTNET_PerfMapEnabled=1 "] = "a profile of a silo that runs for long; needs perf",
        ["perf "] = "needs perf and rights to the kernel's counters",
        ["dotnet tool restore"] = "fetches tools from a registry",
        ["dotnet trace "] = "a tool that the line before it fetches",
        ["dotnet run -c Release --project tests/CustomerContext.Benchmarks "] = "figures, for a quiet machine; BenchmarkTests runs what makes them for a moment",
        ["CC_PAINT="] = "a test of its own, run by ./test in its short form",
        ["CC_SCREENS="] = "the same",
        ["CC_COLD_STARTS="] = "the same",
        ["CC_PICTURES="] = "the same",
    };

    /// <summary>Commands that go on until somebody ends them.</summary>
    private static readonly string[] _goOn = ["call", "watch", "requests"];

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _values = [];
    private readonly List<Terminal> _open = [];

    public void Dispose()
    {
        _open.ForEach(terminal => terminal.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Commands_OfGettingStarted_DoWhatTheyAreSaidToDo()
    {
        await using var town = await SiloProcess.StartDemo(_folder.Path, "--demo-people", "13");
        await town.Writes("./ctx get");
        foreach (var command in DocBlocks.CommandsOf(Walk).Where(command => !IsNotRun(command)))
        {
            await Run(command, town);
        }

        Assert.True(File.Exists(_folder.File("everything.json")));
    }

    [Fact]
    public async Task Commands_OfTheDocs_RunOrHaveAReasonWhyNot()
    {
        Directory.CreateDirectory(_folder.File("data"));
        foreach (var command in DocBlocks.Documents.Where(document => document != Walk).SelectMany(DocBlocks.CommandsOf).Where(command => !IsNotRun(command)))
        {
            using var terminal = new Terminal(_folder.Path, new Dictionary<string, string>(), "bash", ["-c", command]);
            var (exitCode, output) = await terminal.Ended();
            Assert.True(exitCode == 0, $"{command}: {output}");
        }
    }

    private static bool IsNotRun(string command) => _notRun.Keys.Any(begin => command.StartsWith(begin, StringComparison.Ordinal));

    private async Task Run(string command, SiloProcess town)
    {
        if (command.StartsWith("curl ", StringComparison.Ordinal))
        {
            _values["LINK"] = await SentLink(new UriBuilder(new Uri(DocBlocks.WordsOf(command)[^1])) { Port = town.Http.Port }.Uri);
            return;
        }

        var words = DocBlocks.WordsOf(command).Select(word => _values.GetValueOrDefault(word, word)).ToArray();
        Assert.Equal("./ctx", words[0]);
        var terminal = Ctx(town, words[1..]);
        if (_goOn.Contains(words[1]))
        {
            if (words[1] == "call")
            {
                _values["NN"] = (await terminal.Writes(@"two digits[^:]*:\s+(?<value>\d\d)")).Groups["value"].Value;
            }

            return;
        }

        var (exitCode, output) = await terminal.Ended();
        Assert.True(exitCode == 0, $"{command}: {output}");
        if (words[1] == "code")
        {
            _values["CODE"] = Code().Match(output).Value.Replace(" ", "", StringComparison.Ordinal);
        }

        if (words[1] == "redeem")
        {
            var (_, grants) = await Ctx(town, "grants", "--as", "customer1@example.org", "--json").Ended();
            _values["GRANT_ID"] = Grant().Match(grants).Groups["value"].Value;
        }
    }

    /// <summary>The link in the outbox, which comes a moment after the digits: sooner than a person types the next command, but not sooner than a test.</summary>
    private static async Task<string> SentLink(Uri outbox)
    {
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var http = new HttpClient();
        Match link;
        do
        {
            link = Link().Match(await http.GetStringAsync(outbox, tooLong.Token));
        }
        while (!link.Success);

        return link.Groups["value"].Value;
    }

    private Terminal Ctx(SiloProcess town, params IEnumerable<string> words)
    {
        var variables = new Dictionary<string, string> { ["CTX_DATA"] = town.DataFolder, ["CTX_ADDRESS"] = town.Grpc.ToString() };
        var terminal = new Terminal(_folder.Path, variables, "dotnet", words.Prepend(Repository.Built("clients/CustomerContext.Cli", "ctx.dll")));
        _open.Add(terminal);
        return terminal;
    }

    [GeneratedRegex("\"link\":\\s*\"(?<value>[^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex(@"\d{4} \d{4}")]
    private static partial Regex Code();

    [GeneratedRegex("\"grant_?[iI]d\":\\s*\"(?<value>[^\"]+)\"")]
    private static partial Regex Grant();
}
