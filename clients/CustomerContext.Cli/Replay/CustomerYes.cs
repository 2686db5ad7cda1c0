using System.Security.Cryptography;
using System.Text;
using CustomerContext.Cli.Output;
using CustomerContext.Cli.Tokens;
using CustomerContext.Client;

namespace CustomerContext.Cli.Replay;

/// <summary>Says yes as the customers of a file, each with a token of their own.</summary>
internal sealed class CustomerYes(CustomerContextClient client, DevelopmentTokens tokens, ReplayTally tally)
{
    /// <summary>So many customers at a time.</summary>
    public const int AtOnce = 32;

    private readonly Lock _signing = new();

    public async Task SayAsync(ReplayLine.OfCustomer line, CancellationToken cancellation)
    {
        var own = client.With(client.Options with { TokenProvider = Token(line.Subject), NewRequestId = StableIds(line) });
        var me = own.Me;
        try
        {
            if (line.Preferences is { } preferences)
            {
                await me.SetPreferencesAsync(preferences, cancellation);
            }

            foreach (var grant in line.Grants)
            {
                await me.CreateGrantAsync(grant.Tenant, grant.Terms, cancellation);
            }

            var results = line.Signals.Count > 0 ? await own.Signals.PublishAsync(line.Signals, null, cancellation) : [];
            foreach (var result in results)
            {
                tally.AddOwn(line.Number, result);
            }

            tally.AddCustomer(line.Grants.Count);
        }
        catch (CustomerContextException e) when (ExitCode.Of(e) is ExitCode.Refused or ExitCode.Usage)
        {
            tally.Refuse(line.Number, Words.Code(e.Reason), $"{e.Detail.Field} {e.Detail.Rule}".Trim());
        }
    }

    private Func<CancellationToken, ValueTask<string>> Token(string subject)
    {
        lock (_signing)
        {
            var token = tokens.Issue(new TokenHolder.Customer(subject), DevelopmentTokens.CustomerScopes, DevelopmentTokens.DefaultLifetime);
            return _ => ValueTask.FromResult(token);
        }
    }

    /// <summary>The same line asks for the same changes, so that replaying a file again gives nothing twice.</summary>
    private static Func<Guid> StableIds(ReplayLine.OfCustomer line)
    {
        var change = 0;
        var content = $"{line.Subject}\n{line.Preferences}\n{string.Join('\n', line.Grants)}";
        return () => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{change++}\n{content}")).AsSpan(..16));
    }
}
