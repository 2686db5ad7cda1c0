using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Shows a tribe, or all of them.</summary>
internal sealed class TribeCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("ctx");
    private readonly AsOption _as = new(false);
    private readonly Argument<string?> _id = new("tribe") { Description = "The tribe's id. Default: lists all", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _purpose = new("--purpose") { Description = "What for (default: service.support)", DefaultValueFactory = _ => "service.support" };
    private readonly Option<string> _topic = new("--topic") { Description = "Lists only tribes about this", HelpName = "TOPIC", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _trend = new("--trend") { Description = "Its trend for third parties: members who said yes to publish" };
    private readonly Option<bool> _watch = new("--watch") { Description = "Each release as it comes, until Ctrl+C" };

    public TribeCommand(SharedOptions shared, Surroundings surroundings)
        : base("tribe", "Shows what a tribe has released: its mood as others show it and corrected, never a person.", shared, surroundings)
    {
        Arguments.Add(_id);
        foreach (var option in (Option[])[.. _tenant.All, _as.Option, _purpose, _topic, _trend, _watch])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx tribe --tenant acme                       # which tribes there are",
        "ctx tribe e-bikers --tenant acme --purpose service.support",
        "ctx tribe e-bikers --tenant acme --trend --json",
        "ctx tribe --as customer1@example.org          # the customer's own",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var self = _as.Holder(parsed);
        using var client = OpenClient(parsed, () => self ?? _tenant.Holder(parsed), "tribe.read");
        var purpose = parsed.GetValue(_purpose)!;
        if (parsed.GetValue(_id) is not { } id)
        {
            return await List(parsed, client.ListTribesAsync(purpose, parsed.GetValue(_topic)!, cancellation));
        }

        var tribe = client.Tribe(id);
        return parsed.GetValue(_trend) ? await Trend(parsed, tribe.ListTrendsAsync(purpose, cancellation: cancellation))
            : parsed.GetValue(_watch) ? await Watch(parsed, tribe.WatchAsync(purpose, cancellation))
            : Shown(parsed, await tribe.GetAsync(purpose, cancellation));
    }

    private int Shown(ParseResult parsed, GetTribeResponse answer) => Show(parsed, answer, screen =>
    {
        screen.MarkupLine(TribePage.Line(answer.Tribe));
        foreach (var line in answer.Release is { } release ? TribePage.Lines(release, Now) : ["[grey]too few were heard[/]"])
        {
            screen.MarkupLine($"  {line}");
        }
    });

    private async Task<int> List(ParseResult parsed, IAsyncEnumerable<Tribe> tribes)
    {
        await foreach (var tribe in tribes)
        {
            Show(parsed, tribe, screen => screen.MarkupLine(TribePage.Line(tribe)));
        }

        return ExitCode.Ok;
    }

    private async Task<int> Trend(ParseResult parsed, IAsyncEnumerable<TrendPoint> points)
    {
        await foreach (var point in points)
        {
            Show(parsed, point, screen => screen.MarkupLine(TribePage.Line(point, Now)));
        }

        return ExitCode.Ok;
    }

    private async Task<int> Watch(ParseResult parsed, IAsyncEnumerable<TribeRelease> releases)
    {
        await foreach (var release in releases)
        {
            Show(parsed, release, screen =>
            {
                foreach (var line in TribePage.Lines(release, Now))
                {
                    screen.MarkupLine(line);
                }
            });
        }

        return ExitCode.Ok;
    }
}
