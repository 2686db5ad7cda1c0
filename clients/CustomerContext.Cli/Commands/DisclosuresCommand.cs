using System.CommandLine;
using System.Security.Cryptography;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.Cli.Records;
using CustomerContext.Client;
using CustomerContext.V1;
using Google.Protobuf;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Lists who looked, as a customer, and checks that the record is whole.</summary>
internal sealed class DisclosuresCommand : CtxCommand
{
    private const int DefaultLimit = 20;
    private const int MaxPageSize = 500;

    private readonly AsOption _as = new(true);
    private readonly Option<string?> _tenant = new("--tenant") { Description = "Only looks of this tenant", HelpName = "NAME" };
    private readonly Option<int> _limit = new("--limit")
    {
        Description = $"At most so many. Default: {DefaultLimit}",
        HelpName = "COUNT",
        DefaultValueFactory = _ => DefaultLimit,
    };

    private readonly Option<bool> _verify = new("--verify")
    {
        Description = "Read the whole chain and check that nothing was changed, dropped or reordered",
    };

    private readonly Option<string?> _head = new("--head")
    {
        Description = "With --verify: hold the record against the end kept in this file, if there is one, and keep the end of now there",
        HelpName = "FILE",
    };

    private readonly Option<string?> _keys = new("--keys")
    {
        Description = "With --verify: check the signature of where the record was cut against the published key set, at this address or in this file",
        HelpName = "URL|FILE",
    };

    public DisclosuresCommand(SharedOptions shared, Surroundings surroundings)
        : base("disclosures", "Lists who looked at a customer's context, newest first.", shared, surroundings)
    {
        foreach (var option in (Option[])[_as.Option, _tenant, _limit, _verify, _head, _keys])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx disclosures --as customer1@example.org",
        "ctx disclosures --as customer1@example.org --tenant acme --limit 100 --json",
        "ctx disclosures --as customer1@example.org --verify",
        "ctx disclosures --as customer1@example.org --verify --head my-record",
        "ctx disclosures --as customer1@example.org --verify --keys http://127.0.0.1:5102/.well-known/jwks.json",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var isVerify = parsed.GetValue(_verify);
        if (isVerify && parsed.GetValue(_tenant) is not null)
        {
            throw new UsageException("--verify reads the whole record: leave --tenant out");
        }

        if (!isVerify && (parsed.GetValue(_head) ?? parsed.GetValue(_keys)) is not null)
        {
            throw new UsageException("--head and --keys go with --verify");
        }

        var limit = isVerify ? int.MaxValue : Math.Max(parsed.GetValue(_limit), 1);
        var filter = new ListDisclosuresRequest { Tenant = parsed.GetValue(_tenant) ?? "", PageSize = Math.Min(limit, MaxPageSize) };
        var all = await ReadAsync(client, filter, limit, cancellation);
        return isVerify ? await VerifyAsync(parsed, all, cancellation) : Show(parsed, all, screen => Write(screen, all));
    }

    /// <summary>Pages as one.</summary>
    private static async Task<ListDisclosuresResponse> ReadAsync(
        CustomerContextClient client, ListDisclosuresRequest filter, int limit, CancellationToken cancellation)
    {
        var all = new ListDisclosuresResponse();
        await foreach (var page in client.Me.ListDisclosuresAsync(filter, cancellation))
        {
            all.ChainHead ??= page.ChainHead;
            all.Checkpoint ??= page.Checkpoint;
            all.RefusedLooks.Add(page.RefusedLooks);
            all.Disclosures.Add(page.Disclosures.Take(limit - all.Disclosures.Count));
            if (all.Disclosures.Count >= limit)
            {
                break;
            }
        }

        return all;
    }

    private async Task<int> VerifyAsync(ParseResult parsed, ListDisclosuresResponse all, CancellationToken cancellation)
    {
        var head = all.ChainHead ?? new ChainHead { Hash = ByteString.CopyFrom(new byte[SHA256.HashSizeInBytes]) };
        var file = parsed.GetValue(_head);
        var kept = file is null ? null : HeadFile.Read(file);
        var isPruned = kept?.Sequence < all.Checkpoint?.Head.Sequence;
        var fault = DisclosureChain.Verify(all.Disclosures, head, all.Checkpoint)
            ?? (kept is null || isPruned ? null : DisclosureChain.Verify(all.Disclosures, kept, all.Checkpoint))
            ?? await CheckpointFaultAsync(parsed, all.Checkpoint, cancellation);
        if (fault is not null)
        {
            ErrorReport.Write(Surroundings, IsJson(parsed), "BrokenChain", $"The record is not whole: {fault}.");
            return ExitCode.Refused;
        }

        if (file is not null)
        {
            HeadFile.Write(file, head);
        }

        return Show(parsed, head, screen =>
        {
            screen.MarkupLine($"[green]The record is whole:[/] {Words.Count(all.Disclosures.Count, "record")}.{(isPruned ? "" : Held(kept))} "
                + (file is null ? $"Keep its end, to hold it against the record later: {HeadFile.Text(head)}" : $"Its end is kept in {Feeling.Plain(file)}."));
            if (isPruned)
            {
                screen.MarkupLine($"The end that you kept, record {kept!.Sequence}, is past its time and was pruned: it cannot be held against the record any more.");
            }

            if (all.Checkpoint is { } cut)
            {
                screen.MarkupLine($"It was cut after record {cut.Head.Sequence}, {Ages.Of(cut.CreateTime, Now)}: "
                    + (parsed.GetValue(_keys) is null ? "whether the provider signed that is checked with --keys." : "the provider signed that."));
            }
        });
    }

    private async Task<string?> CheckpointFaultAsync(ParseResult parsed, ChainCheckpoint? checkpoint, CancellationToken cancellation) =>
        parsed.GetValue(_keys) is { } keys && await KeySetSource.ReadAsync(keys, cancellation) is var published && checkpoint is not null
            ? await CheckpointSignature.FaultOfAsync(checkpoint, published)
            : null;

    private static string Held(ChainHead? kept) => kept is null ? "" : $" It leads on from the end that you kept, record {kept.Sequence}.";

    private void Write(IAnsiConsole screen, ListDisclosuresResponse all)
    {
        screen.Write(DisclosurePage.Render(all.Disclosures, Now));
        foreach (var line in DisclosurePage.Refused(all.RefusedLooks, Now))
        {
            screen.MarkupLine(line);
        }
    }
}
