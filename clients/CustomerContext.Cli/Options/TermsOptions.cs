using System.CommandLine;
using CustomerContext.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace CustomerContext.Cli.Options;

/// <summary>What a grant is to allow.</summary>
/// <param name="isRequired">False: the terms may be left out altogether.</param>
/// <param name="interaction">The option that names the only interaction.</param>
internal sealed class TermsOptions(bool isRequired, string interaction = "--interaction")
{
    private readonly Option<string[]> _purposes = new("--purpose")
    {
        Description = "What for, for example service.support; may be repeated",
        HelpName = "PURPOSE",
        Required = isRequired,
    };

    private readonly Option<Facet[]> _facets = EnumOptions.Many<Facet>("--facet", "What; may be repeated. Default: all that the purposes are open to");
    private readonly Option<string[]> _sources = new("--source")
    {
        Description = "Whose signals by name, for example globex/crm; may be repeated. Alone: no others",
        HelpName = "SOURCE",
    };

    private readonly Option<SourceOwner[]> _owners = EnumOptions.Many<SourceOwner>("--owner", "Whose signals: the tenant's own, mine (what you say here, and networks); may be repeated. Default: the preset's");
    private readonly Option<bool> _where = new("--show-where") { Description = "Also show links into what you say elsewhere" };
    private readonly Option<string?> _preset = new("--preset")
    {
        Description = "What fills in the rest: this-call (default of codes and requests), when-we-talk (default of grants), always",
        HelpName = "NAME",
    };

    private readonly Option<GrantWhen?> _when = EnumOptions.One<GrantWhen>("--when", "When. Default: the preset's");

    private readonly Option<string?> _from = new("--from")
    {
        Description = "From when, for example 2h or 2026-01-31. Default: now",
        HelpName = "TIME",
    };

    private readonly Option<string?> _until = new("--until") { Description = "Until when, for example 30d. Default: the preset's", HelpName = "TIME" };

    private readonly Option<string?> _onlyInteraction = new(interaction)
    {
        Description = "The only call, case or chat that may use it",
        HelpName = "ID",
    };

    private readonly Option<bool?> _earlier = new("--include-earlier") { Description = "Also show context from before: true or false. Default: the preset's", HelpName = "BOOL" };

    private readonly Option<int?> _aiReads = new("--ai-reads")
    {
        Description = "Also let the tenant's AI programs read, at most so often a day: 1 to 1000, 0 means 50. Default: they may not",
        HelpName = "NUMBER",
    };

    private readonly Option<string?> _aiUntil = new("--ai-until") { Description = "Until when they may, for example 7d. Default: as long as the grant", HelpName = "TIME" };

    public IEnumerable<Option> All => [_purposes, _preset, _facets, _owners, _sources, _where, _when, _from, _until, _onlyInteraction, _earlier, _aiReads, _aiUntil];

    public bool IsGiven(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <param name="parsed">The command line.</param>
    /// <param name="now">What times count from.</param>
    /// <exception cref="UsageException">A time is none.</exception>
    public GrantTerms Terms(ParseResult parsed, DateTimeOffset now)
    {
        var terms = new GrantTerms
        {
            Purposes = { parsed.GetValue(_purposes) ?? [] },
            Preset = parsed.GetValue(_preset) ?? "",
            Facets = { parsed.GetValue(_facets) ?? [] },
            Owners = { parsed.GetValue(_owners) ?? [] },
            Sources = { parsed.GetValue(_sources) ?? [] },
            ShowWhere = parsed.GetValue(_where),
            When = parsed.GetValue(_when) ?? GrantWhen.Unspecified,
            InteractionId = parsed.GetValue(_onlyInteraction) ?? "",
        };
        if (parsed.GetValue(_earlier) is { } earlier)
        {
            terms.IncludeEarlier = earlier;
        }

        terms.FromTime = Moment(parsed.GetValue(_from), now);
        terms.UntilTime = Moment(parsed.GetValue(_until), now);
        if (parsed.GetValue(_aiReads) is { } reads)
        {
            terms.AiReaders = new AiReaders { DailyReadCount = reads, UntilTime = Moment(parsed.GetValue(_aiUntil), now) };
        }
        else if (parsed.GetValue(_aiUntil) is not null)
        {
            throw new UsageException("--ai-until needs --ai-reads");
        }

        return terms;
    }

    private static Timestamp? Moment(string? text, DateTimeOffset now) => text is null ? null : Timestamp.FromDateTimeOffset(Times.Moment(text, now));
}
