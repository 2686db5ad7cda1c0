using System.CommandLine;
using CustomerContext.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace CustomerContext.Cli.Options;

/// <summary>What a grant is to allow.</summary>
/// <param name="isRequired">False: the terms may be left out altogether.</param>
/// <param name="interaction">The option that names the only interaction.</param>
internal sealed class TermsOptions(bool isRequired, string interaction = "--interaction")
{
    /// <summary>Facets that exist for no other purposes than service ones; the server has the last word.</summary>
    private static readonly Facet[] ForServiceOnly = [Facet.Sentiment, Facet.Network, Facet.Tribes, Facet.Influence];

    private readonly Option<string[]> _purposes = new("--purpose")
    {
        Description = "What for, for example service.support; may be repeated",
        HelpName = "PURPOSE",
        Required = isRequired,
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

    private readonly Option<string?> _onlyInteraction = new(interaction)
    {
        Description = "The only call, case or chat that may use it",
        HelpName = "ID",
    };

    private readonly Option<bool> _earlier = new("--include-earlier") { Description = "Also show context from before" };

    public IEnumerable<Option> All => [_purposes, _facets, _allFacets, _sources, _when, _from, _until, _onlyInteraction, _earlier];

    public bool IsGiven(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <param name="parsed">The command line.</param>
    /// <param name="now">What times count from.</param>
    /// <exception cref="UsageException">No facet is named, or a time is none.</exception>
    public GrantTerms Terms(ParseResult parsed, DateTimeOffset now)
    {
        var purposes = parsed.GetValue(_purposes) ?? [];
        var terms = new GrantTerms
        {
            Purposes = { purposes },
            Facets = { Facets(parsed, purposes) },
            Sources = { parsed.GetValue(_sources) ?? [] },
            When = parsed.GetValue(_when) ?? GrantWhen.DuringMyConversations,
            InteractionId = parsed.GetValue(_onlyInteraction) ?? "",
            IncludeEarlier = parsed.GetValue(_earlier),
        };
        terms.FromTime = Moment(parsed.GetValue(_from), now);
        terms.UntilTime = Moment(parsed.GetValue(_until), now);
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

    private static Timestamp? Moment(string? text, DateTimeOffset now) => text is null ? null : Timestamp.FromDateTimeOffset(Times.Moment(text, now));
}
