using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Reads how moods went: the customer's own days, and what friends and tribes released.</summary>
internal sealed class HistoryCommand : CtxCommand
{
    private readonly TenantOptions _tenant;
    private readonly AsOption _as;
    private readonly SubjectOptions _subject;
    private readonly LookOptions _look;
    private readonly Option<string?> _from;

    public HistoryCommand(SharedOptions shared, Surroundings surroundings)
        : this(
            shared,
            surroundings,
            new TenantOptions(null),
            new AsOption(false),
            new SubjectOptions(),
            new LookOptions(),
            new Option<string?>("--from") { Description = "From when on: -30d, or a day. Default: 12 weeks ago", HelpName = "MOMENT" })
    {
    }

    private HistoryCommand(
        SharedOptions shared, Surroundings surroundings, TenantOptions tenant, AsOption self, SubjectOptions subject, LookOptions look, Option<string?> from)
        : base("history", "Reads how moods went, release by release; the look goes on the customer's record.", shared, surroundings,
            [.. subject.All, .. tenant.All, .. look.All, self.Option, from]) =>
        (_tenant, _as, _subject, _look, _from) = (tenant, self, subject, look, from);

    public override IReadOnlyList<string> Examples =>
    [
        "ctx history --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1 --purpose service.support",
        "ctx history --as customer1@example.org --from -30d --facet tribes",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var self = _as.Holder(parsed);
        var from = parsed.GetValue(_from) is { } text ? Times.Moment(text, Now) : default(DateTimeOffset?);
        using var client = OpenClient(parsed, () => self ?? _tenant.Holder(parsed), "context.read");
        var answer = self is null
            ? await client.Customer(_subject.RequiredSubject(parsed)).GetHistoryAsync(_look.Purpose(parsed), _look.Lookup(parsed), from, cancellation: cancellation)
            : await client.Me.GetHistoryAsync(_look.Lookup(parsed), from, cancellation: cancellation);
        return Show(parsed, answer, screen =>
        {
            foreach (var line in HistoryPage.Lines(answer, Now))
            {
                screen.MarkupLine(line);
            }
        });
    }
}
