using System.CommandLine;

namespace CustomerContext.Cli.Options;

/// <summary>The call, case or chat in which somebody acts.</summary>
internal sealed class InteractionOption(string description)
{
    public Option<string?> Option { get; } = new("--interaction") { Description = description, HelpName = "ID" };

    /// <summary>Empty: none is named.</summary>
    public string Value(ParseResult parsed) => parsed.GetValue(Option) ?? "";

    /// <exception cref="UsageException">None is named.</exception>
    public string Required(ParseResult parsed) => parsed.GetValue(Option) ?? throw new UsageException("--interaction is missing");
}
