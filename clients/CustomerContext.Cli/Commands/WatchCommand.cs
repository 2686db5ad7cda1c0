using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;

namespace CustomerContext.Cli.Commands;

/// <summary>Watches a customer's context change.</summary>
internal sealed class WatchCommand : CtxCommand
{
    private readonly TenantOptions _tenant;
    private readonly AsOption _as;
    private readonly SubjectOptions _subject;
    private readonly LookOptions _look;

    public WatchCommand(SharedOptions shared, Surroundings surroundings)
        : this(shared, surroundings, new TenantOptions(null), new AsOption(false), new SubjectOptions(), new LookOptions())
    {
    }

    private WatchCommand(
        SharedOptions shared, Surroundings surroundings, TenantOptions tenant, AsOption self, SubjectOptions subject, LookOptions look)
        : base("watch", "Watches a customer's context change, until Ctrl+C or until the customer says stop. Resumes by itself after a break.",
            shared, surroundings, [.. subject.All, .. tenant.All, .. look.All, self.Option]) =>
        (_tenant, _as, _subject, _look) = (tenant, self, subject, look);

    public override IReadOnlyList<string> Examples =>
    [
        "ctx watch --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1 --purpose service.support",
        "ctx watch --email customer1@example.org --tenant acme --service crm --purpose service.support --json",
        "    one line an event: {\"event\":\"changed\",\"frame\":{...},\"current\":{...}}, {\"event\":\"interrupted\",...},",
        "    {\"event\":\"resumed\"}, {\"event\":\"ended\",\"reason\":\"GRANT_REVOKED\"}",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var self = _as.Holder(parsed);
        using var client = OpenClient(parsed, () => self ?? _tenant.Holder(parsed), "context.read");
        var events = self is null
            ? client.Customer(_subject.RequiredSubject(parsed)).WatchAsync(_look.Purpose(parsed), _look.Lookup(parsed), cancellation)
            : client.Me.WatchAsync(_look.Lookup(parsed), cancellation);
        var end = await WriterFor(parsed).WriteAllAsync(events);
        return end is WatchEndReason.GrantRevoked or WatchEndReason.PurposeDisabled ? ExitCode.Refused : ExitCode.Ok;
    }

    private WatchWriter WriterFor(ParseResult parsed) => IsJson(parsed)
        ? new JsonWatchWriter(Surroundings.Output)
        : Surroundings.Screen.Profile.Capabilities.Interactive
            ? new LiveWatchWriter(Surroundings.Screen, Surroundings.Time)
            : new PlainWatchWriter(Surroundings.Screen, Surroundings.Time);
}
