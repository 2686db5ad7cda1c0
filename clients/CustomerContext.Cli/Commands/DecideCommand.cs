using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Decides a request, as a customer.</summary>
internal sealed class DecideCommand : CtxCommand
{
    private readonly AsOption _as = new(true);
    private readonly Argument<string> _request = new("REQUEST") { Description = "The request, as ctx requests shows it" };
    private readonly Option<bool> _approve = new("--approve") { Description = "Yes; with the options below: to no more than they say" };
    private readonly Option<bool> _decline = new("--decline") { Description = "No" };
    private readonly TermsOptions _terms = new(false);

    public DecideCommand(SharedOptions shared, Surroundings surroundings)
        : base("decide", "Says yes or no to what a tenant asks for; yes may be to less than was asked.", shared, surroundings)
    {
        Arguments.Add(_request);
        foreach (var option in (Option[])[_as.Option, _approve, _decline, .. _terms.All])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx decide 0123456789abcdef0123456789abcdef --approve --as customer1@example.org",
        "ctx decide 0123456789abcdef0123456789abcdef --approve --purpose service.support --facet situation --as customer1@example.org",
        "ctx decide 0123456789abcdef0123456789abcdef --decline --as customer1@example.org",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var isApproved = parsed.GetValue(_approve);
        if (isApproved == parsed.GetValue(_decline))
        {
            throw new UsageException("--approve or --decline?");
        }

        var less = _terms.IsGiven(parsed) ? _terms.Terms(parsed, Now) : null;
        var request = parsed.GetRequiredValue(_request);
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var decided = isApproved ? await client.Me.ApproveAsync(request, less, cancellation) : await client.Me.DeclineAsync(request, cancellation);
        return Show(parsed, decided, screen =>
        {
            screen.MarkupLine(isApproved ? $"[green]{Feeling.Plain(decided.Grant.Tenant)} may look from now on.[/]" : "[green]Declined.[/]");
            if (decided.Grant is { } grant)
            {
                screen.Write(ConsentPage.Grants([grant], Now));
            }
        });
    }
}
