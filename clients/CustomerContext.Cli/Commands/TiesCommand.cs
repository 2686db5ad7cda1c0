using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Lists the people around a customer, and answers one of them.</summary>
internal sealed class TiesCommand : CtxCommand
{
    private readonly AsOption _as = new(true);
    private readonly Argument<string?> _tie = new("TIE") { Description = "Which tie to answer, by its id", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<TieDecision?> _say = EnumOptions.One<TieDecision>("--say", "The answer");

    public TiesCommand(SharedOptions shared, Surroundings surroundings)
        : base("ties", "Lists the people around a customer; with TIE and --say answers one.", shared, surroundings)
    {
        Arguments.Add(_tie);
        Options.Add(_as.Option);
        Options.Add(_say);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx ties --as customer1@example.org",
        "ctx ties 0f3a… --say yes --as customer1@example.org      # or no, later, report, block",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (tie, say) = (parsed.GetValue(_tie), parsed.GetValue(_say));
        if ((tie is null) != (say is null))
        {
            throw new UsageException("an answer needs both: ctx ties TIE --say yes");
        }

        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        if (tie is not null)
        {
            var answered = await client.Me.DecideTieAsync(tie, say!.Value, cancellation);
            return Show(parsed, new DecideTieResponse { Tie = answered }, screen => screen.MarkupLine(answered is null ? "[green]It is no more.[/]" : TieLines.Line(answered, Now)));
        }

        var all = new ListTiesResponse();
        await foreach (var one in client.Me.ListTiesAsync(null, cancellation))
        {
            all.Ties.Add(one);
        }

        return Show(parsed, all, screen =>
        {
            foreach (var line in all.Ties.Count == 0 ? ["[grey]Nobody yet. ctx friends --as … makes a code for a friend.[/]"] : all.Ties.Select(one => TieLines.Line(one, Now)))
            {
                screen.MarkupLine(line);
            }
        });
    }
}
