using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace CustomerContext.Cli.Commands;

/// <summary>Gives a grant, as a customer.</summary>
internal sealed class GrantCommand : CtxCommand
{
    /// <summary>Facets that exist for no other purposes than service ones; the server has the last word.</summary>
    private static readonly Facet[] ForServiceOnly = [Facet.Sentiment, Facet.Network, Facet.Tribes, Facet.Influence];

    private readonly AsOption _as = new(true);
    private readonly Option<string> _tenant = new("--tenant") { Description = "Who may read, for example acme", HelpName = "NAME", Required = true };
    private readonly Option<string[]> _purposes = new("--purpose")
    {
        Description = "What for, for example service.support; may be repeated",
        HelpName = "PURPOSE",
        Required = true,
    };

    private readonly Option<Facet[]> _facets = EnumOptions.Many<Facet>("--facet", "What; may be repeated");
    private readonly Option<bool> _allFacets = new("--all-facets") { Description = "Everything that the purposes are open to" };
    private readonly Option<string[]> _sources = new("--source")
    {
        Description = "Whose signals, for example globex/crm or customer; may be repeated. Default: what the tenant sent itself",
        HelpName = "SOURCE",
    };

    private readonly Option<GrantWhen?> _when = EnumOptions.One<GrantWhen>("--when", "When (default: during-my-conversations)");

    private readonly Option<string?> _from = new("--from")
    {
        Description = "From when, for example 2h or 2026-01-31. Default: now",
        HelpName = "TIME",
    };

    private readonly Option<string?> _until = new("--until") { Description = "Until when, for example 30d. Default: 12 months", HelpName = "TIME" };

    private readonly Option<string?> _interaction = new("--interaction")
    {
        Description = "The only call, case or chat that may use it",
        HelpName = "ID",
    };

    private readonly Option<bool> _earlier = new("--include-earlier") { Description = "Also show context from before" };

    public GrantCommand(SharedOptions shared, Surroundings surroundings)
        : base("grant", "Allows a tenant to see a customer's context, as that customer.", shared, surroundings)
    {
        foreach (var option in (Option[])
            [_as.Option, _tenant, _purposes, _facets, _allFacets, _sources, _when, _from, _until, _interaction, _earlier])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx grant --as customer1@example.org --tenant acme --purpose service.support --all-facets --when any-time",
        "ctx grant --as customer1@example.org --tenant globex --purpose service.support --facet top-of-mind --facet situation --until 30d",
        "ctx grant --as customer1@example.org --tenant acme --purpose service.support --facet sentiment --when this-call-only --interaction call-1",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var terms = Terms(parsed);
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var made = await client.Me.CreateGrantAsync(parsed.GetRequiredValue(_tenant), terms, cancellation);
        return Show(parsed, made, screen =>
        {
            screen.MarkupLine($"[green]{Feeling.Plain(made.Grant.Tenant)} may look from now on.[/]");
            screen.MarkupLine($"To take it back: ctx revoke {Feeling.Plain(made.Grant.GrantId)} --as …");
            screen.Write(ConsentPage.Grants([made.Grant], Now));
        });
    }

    private GrantTerms Terms(ParseResult parsed)
    {
        string[] purposes = parsed.GetRequiredValue(_purposes);
        var terms = new GrantTerms
        {
            Purposes = { purposes },
            Facets = { Facets(parsed, purposes) },
            Sources = { parsed.GetValue(_sources) ?? [] },
            When = parsed.GetValue(_when) ?? GrantWhen.DuringMyConversations,
            InteractionId = parsed.GetValue(_interaction) ?? "",
            IncludeEarlier = parsed.GetValue(_earlier),
        };
        terms.FromTime = Moment(parsed.GetValue(_from));
        terms.UntilTime = Moment(parsed.GetValue(_until));
        return terms;
    }

    private Facet[] Facets(ParseResult parsed, string[] purposes)
    {
        if (parsed.GetValue(_allFacets))
        {
            var isService = purposes.Any(purpose => purpose.StartsWith("service.", StringComparison.Ordinal));
            return [.. Enum.GetValues<Facet>().Where(facet => facet != Facet.Unspecified && (isService || !ForServiceOnly.Contains(facet)))];
        }

        return parsed.GetValue(_facets) is { Length: > 0 } facets ? facets : throw new UsageException("--facet is missing (or --all-facets)");
    }

    private Timestamp? Moment(string? text) => text is null ? null : Timestamp.FromDateTimeOffset(Times.Moment(text, Now));
}
