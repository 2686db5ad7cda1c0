using System.CommandLine;
using CustomerContext.Cli.Tokens;

namespace CustomerContext.Cli.Options;

/// <summary>The customer to act as.</summary>
internal sealed class AsOption(bool isRequired)
{
    public Option<string?> Option { get; } = new("--as")
    {
        Description = "The customer to act as, by e-mail address or phone number" + (isRequired ? " (needed, unless a token is given)" : ""),
        HelpName = "CUSTOMER",
    };

    /// <summary>Absent: nobody was named.</summary>
    public TokenHolder? Holder(ParseResult parsed) => parsed.GetValue(Option) is { } subject ? new TokenHolder.Customer(subject) : null;

    /// <exception cref="UsageException">Nobody was named.</exception>
    public TokenHolder RequiredHolder(ParseResult parsed) =>
        Holder(parsed) ?? throw new UsageException("--as is missing: which customer? For example --as customer1@example.org");
}
