using System.CommandLine;
using CustomerContext.Cli.Import;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Replay;
using CustomerContext.Cli.Tokens;
using CustomerContext.Client;
using CustomerContext.V1;

namespace CustomerContext.Cli.Commands;

/// <summary>Takes in a file that another system wrote.</summary>
internal sealed class ImportCommand : FileCommand
{
    private const string DefaultHttp = "http://127.0.0.1:5102";
    private const string OwnWord = "customer";

    private readonly TenantOptions _tenant = new("import");
    private readonly AsOption _as = new(false);

    private readonly Option<FileInfo?> _map = new("--map")
    {
        Description = "FILE is a CSV export of a CRM; this YAML file says what its columns mean",
        HelpName = "MAP.yaml",
    };

    private readonly Option<bool> _segment = new("--segment") { Description = "FILE is a Segment export: JSON lines of identify, track, page, ...; may be packed (.gz)" };
    private readonly Option<bool> _export = new("--export") { Description = "FILE is what ctx export wrote at another provider; goes with --as" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Send nothing; say what would be sent, and which lines would be refused" };
    private readonly Option<string?> _writeKey = new("--write-key") { Description = "With --segment: the write key. Default: CTX_WRITE_KEY", HelpName = "KEY" };
    private readonly Option<string?> _http = new("--http")
    {
        Description = $"With --segment: where the server's HTTP door is. Default: CTX_HTTP, else {DefaultHttp}",
        HelpName = "URL",
    };

    public ImportCommand(SharedOptions shared, Surroundings surroundings)
        : base("import", "Takes in a file that another system wrote. Interrupted, it resumes where it was (FILE.progress); what was taken counts once.",
            "A CSV export of a CRM, a Segment export, or an export of a customer; see docs/import.md", shared, surroundings)
    {
        foreach (var option in (Option[])[_map, _segment, _export, _dryRun, .. _tenant.All, _writeKey, _http, _as.Option])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx import cases.csv --map salesforce-cases.yaml --tenant acme --dry-run",
        "ctx import cases.csv --map salesforce-cases.yaml --tenant acme",
        "ctx import events.jsonl --segment --write-key demo-acme-crm-secret-key",
        "ctx import everything.json --export --as customer1@example.org",
    ];

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation) =>
        (parsed.GetValue(_map), parsed.GetValue(_segment), parsed.GetValue(_export)) switch
        {
            ({ } map, false, false) => CsvAsync(Only(parsed, _map, _tenant.All), MapFile.Load(map), cancellation),
            (null, true, false) => SegmentAsync(Only(parsed, _segment, [_writeKey, _http]), cancellation),
            (null, false, true) => ExportAsync(Only(parsed, _export, [_as.Option]), cancellation),
            _ => throw new UsageException("say what FILE is: --map MAP.yaml, --segment or --export"),
        };

    private async Task<int> CsvAsync(ParseResult parsed, ImportMap map, CancellationToken cancellation)
    {
        using var file = new CsvFile(FileOf(parsed), map, Surroundings.Time);
        if (parsed.GetValue(_dryRun))
        {
            return await DryAsync(parsed, file, cancellation);
        }

        TokenHolder Holder() => _tenant.Holder(parsed);
        using var client = OpenClient(parsed, Holder, "signal.write");
        return await SendAsync(parsed, ["csv", map.Content, .. Destination(parsed, Holder)], progress => PublishAsync(parsed, client, file, progress, cancellation));
    }

    private async Task<int> SegmentAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var file = new JsonLinesFile(FileOf(parsed), SegmentMessages.Parse);
        if (parsed.GetValue(_dryRun))
        {
            return await DryAsync(parsed, file, cancellation);
        }

        var key = Given(parsed.GetValue(_writeKey), "CTX_WRITE_KEY") ?? throw new UsageException("--write-key is missing (or CTX_WRITE_KEY)");
        var address = DoorOf(Given(parsed.GetValue(_http), "CTX_HTTP") ?? DefaultHttp);
        using var door = new SegmentDoor(address, key, Surroundings.Time);
        return await SendAsync(parsed, ["segment", address.AbsoluteUri, key], progress => new SegmentRun(door, progress).RunAsync(file, cancellation));
    }

    private async Task<int> ExportAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var document = ExportDocument.Load(FileOf(parsed));
        using var file = new ExportFile(document);
        if (parsed.GetValue(_dryRun))
        {
            return await DryAsync(parsed, file, cancellation);
        }

        TokenHolder Holder() => _as.Holder(parsed) ?? throw new UsageException("--as is missing: whose export is it?");
        using var client = OpenClient(parsed, Holder);
        await TakeWishesAsync(client, document.Consent?.Preferences, cancellation);
        return await SendAsync(parsed, ["export", .. Destination(parsed, Holder)], progress => PublishAsync(parsed, client, file, progress, cancellation));
    }

    /// <summary>
    /// What a person wants to be called, and that they want to be left alone, are wishes and no yeses. Everything else that they said needs a yes here first.
    /// A name is taken only if there is none here, since what was said here is newer; that nobody has asked to be left alone cannot be told from a no.
    /// </summary>
    private static async Task TakeWishesAsync(CustomerContextClient client, ExportDocument.KeptPreferences? wishes, CancellationToken cancellation)
    {
        var now = (await client.Me.GetPreferencesAsync(cancellation)).Preferences ?? new Preferences();
        if (!now.OfAge || !now.Collect.Contains(OwnWord))
        {
            throw new UsageException("nothing of it would be kept: say first that you are of age, and that what you say yourself may be kept (of_age, and 'customer' in collect)");
        }

        if (now.CallMe.Length == 0 && wishes?.CallMe is { } name)
        {
            await client.Me.ChangePreferencesAsync(new Preferences { CallMe = name }, ["call_me"], cancellation: cancellation);
        }

        if (wishes is { LeaveMeAlone: true })
        {
            await client.Me.ChangePreferencesAsync(new Preferences { LeaveMeAlone = true }, ["leave_me_alone"], cancellation: cancellation);
        }
    }

    /// <summary>One request at a time: of a customer, what is older than all that are remembered is lost, so the order of the file is kept.</summary>
    private Task<Exception?> PublishAsync(ParseResult parsed, CustomerContextClient client, ISignalFile file, ReplayProgress progress, CancellationToken cancellation) =>
        new ReplayRun(Patient(client), new(() => LoadTokens(parsed)), new PublishOptions { InFlight = 1 }, progress).RunAsync(file, cancellation);

    /// <exception cref="UsageException">An option is given that belongs to another kind of file.</exception>
    private ParseResult Only(ParseResult parsed, Option kind, IEnumerable<Option> its)
    {
        Option[] others = [.. _tenant.All, _writeKey, _http, _as.Option];
        return others.Except(its).FirstOrDefault(option => parsed.GetResult(option) is not null) is { } wrong
            ? throw new UsageException($"{wrong.Name} does not go with {kind.Name}")
            : parsed;
    }

    /// <exception cref="UsageException">It is no address, or the key would go to another machine for all to read.</exception>
    private static Uri DoorOf(string http) => !Uri.TryCreate(http, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
        ? throw new UsageException($"--http must be like {DefaultHttp}")
        : address.Scheme == "https" || address.IsLoopback
            ? address
            : throw new UsageException("--http must begin with https:// unless it is this machine: the write key would be readable on its way");

    private async Task<int> DryAsync(ParseResult parsed, ISignalFile file, CancellationToken cancellation)
    {
        var tally = await DryRun.OfAsync(file, cancellation);
        Tell(parsed, tally, isComplete: true, isDryRun: true);
        return tally.IsAllTaken ? ExitCode.Ok : ExitCode.Refused;
    }

    private string? Given(string? option, string variable) => option ?? (Surroundings.Variable(variable) is { Length: > 0 } value ? value : null);
}
