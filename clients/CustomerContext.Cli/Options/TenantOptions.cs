using System.CommandLine;
using CustomerContext.Cli.Tokens;

namespace CustomerContext.Cli.Options;

/// <summary>For which tenant, and as whom.</summary>
/// <param name="defaultService">The program to act as when neither an agent nor a program is named. Absent: one of them must be.</param>
internal sealed class TenantOptions(string? defaultService)
{
    private readonly Option<string?> _tenant = new("--tenant") { Description = "The company to act for, for example acme", HelpName = "NAME" };
    private readonly Option<string?> _actor = new("--actor") { Description = "The agent (a person) to act as", HelpName = "ID" };
    private readonly Option<string?> _service = new("--service")
    {
        Description = "The program to act as" + (defaultService is null ? "" : $". Default: {defaultService}"),
        HelpName = "NAME",
    };

    public IEnumerable<Option> All => [_tenant, _actor, _service];

    public string? Tenant(ParseResult parsed) => parsed.GetValue(_tenant);

    /// <summary>The options as they were given, to be typed again; empty for a token.</summary>
    public string Again(ParseResult parsed)
    {
        Option<string?>[] all = [_tenant, _actor, _service];
        return string.Concat(all.Where(option => parsed.GetValue(option) is not null).Select(option => $" {option.Name} {parsed.GetValue(option)}"));
    }

    public bool IsGiven(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is not null);

    /// <exception cref="UsageException">It is not said, or said twice.</exception>
    public TokenHolder Holder(ParseResult parsed)
    {
        var tenant = parsed.GetValue(_tenant) ?? throw new UsageException("--tenant is missing (or --token)");
        return (parsed.GetValue(_actor), parsed.GetValue(_service) ?? defaultService) switch
        {
            (not null, _) when parsed.GetResult(_service) is not null => throw new UsageException("--actor or --service, not both"),
            ({ } actor, _) => new TokenHolder.Person(tenant, actor),
            (null, { } service) => new TokenHolder.Program(tenant, service),
            _ => throw new UsageException("--actor (a person) or --service (a program) is missing"),
        };
    }
}
