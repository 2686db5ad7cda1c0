using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Looks a customer's context up, once.</summary>
internal sealed class GetCommand : CtxCommand
{
    private readonly TenantOptions _tenant;
    private readonly AsOption _as;
    private readonly SubjectOptions _subject;
    private readonly LookOptions _look;

    public GetCommand(SharedOptions shared, Surroundings surroundings)
        : this(shared, surroundings, new TenantOptions(null), new AsOption(false), new SubjectOptions(), new LookOptions())
    {
    }

    private GetCommand(
        SharedOptions shared, Surroundings surroundings, TenantOptions tenant, AsOption self, SubjectOptions subject, LookOptions look)
        : base("get", "Looks a customer's context up; the look goes on the customer's record.", shared, surroundings,
            [.. subject.All, .. tenant.All, .. look.All, self.Option]) =>
        (_tenant, _as, _subject, _look) = (tenant, self, subject, look);

    public override IReadOnlyList<string> Examples =>
    [
        "ctx get --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1 --purpose service.support",
        "ctx get --email customer1@example.org --tenant acme --service crm --purpose service.support --facet sentiment --json",
        "ctx get --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1 --purpose service.support --language de",
        "ctx get --as customer1@example.org            # what the customer sees of themselves",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var self = _as.Holder(parsed);
        using var client = OpenClient(parsed, () => self ?? _tenant.Holder(parsed), "context.read");
        var answer = self is null
            ? await client.Customer(_subject.RequiredSubject(parsed)).GetContextAsync(_look.Purpose(parsed), _look.Lookup(parsed), cancellation)
            : await client.Me.GetContextAsync(_look.Lookup(parsed), cancellation);
        return Show(parsed, answer, screen => Write(screen, answer));
    }

    private void Write(IAnsiConsole screen, GetContextResponse answer)
    {
        screen.Write(ContextPage.Render(answer.Brief, answer.Context ?? new Context(), answer.Absent, answer.Withheld, Now));
        var keep = answer.KeepUntilTime is { } until ? $" · to be forgotten {Ages.Of(until, Now)}" : "";
        screen.MarkupLine($"[grey]customer {Feeling.Plain(answer.CustomerId)} · on record as {Feeling.Plain(answer.DisclosureId)}{keep}[/]");
    }
}
