using System.CommandLine;
using CustomerContext.Client;
using CustomerContext.V1;

namespace CustomerContext.Cli.Options;

/// <summary>What a look is for, and at what.</summary>
internal sealed class LookOptions
{
    /// <summary>A person waits, and the server may just have started.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly Option<string?> _purpose = new("--purpose") { Description = "What for, for example service.support", HelpName = "PURPOSE" };
    private readonly Option<string?> _interaction = new("--interaction")
    {
        Description = "The call, case or chat in which you look; an agent must name it",
        HelpName = "ID",
    };

    private readonly Option<Facet[]> _facets = EnumOptions.Many<Facet>("--facet", "Only this part of the context; may be repeated. Default: all");

    private readonly Option<string?> _language = new("--language") { Description = "Language of the brief: en, de or fr. Default: en", HelpName = "TAG" };

    public IEnumerable<Option> All => [_purpose, _interaction, _facets, _language];

    /// <exception cref="UsageException">It is not said.</exception>
    public string Purpose(ParseResult parsed) =>
        parsed.GetValue(_purpose) ?? throw new UsageException("--purpose is missing: what for? For example --purpose service.support");

    public LookupOptions Lookup(ParseResult parsed) => new()
    {
        Facets = parsed.GetValue(_facets) ?? [],
        InteractionId = parsed.GetValue(_interaction) ?? "",
        Language = parsed.GetValue(_language) ?? "",
        Deadline = Deadline,
    };
}
