using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;

namespace CustomerContext.Cli.Commands;

/// <summary>Attaches an identifier.</summary>
internal sealed class LinkCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("ctx");
    private readonly AsOption _as = new(false);
    private readonly SubjectOptions _subject = new();
    private readonly Option<string?> _code = new("--code") { Description = "The code that was sent to the address or phone", HelpName = "CODE" };

    public LinkCommand(SharedOptions shared, Surroundings surroundings)
        : base("link", "Attaches an identifier to a customer: a tenant its own opaque id, a customer their e-mail, phone or issuer and subject.",
            shared, surroundings)
    {
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _as.Option, _code])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx link --tenant acme --email customer1@example.org --opaque crm-42      # acme's crm-42 is this customer",
        "ctx link --as customer1@example.org --phone +31201234567                  # sends a code there; then again with --code",
        "ctx link --as customer1@example.org --phone +31201234567 --code 12345678",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var self = _as.Holder(parsed);
        using var client = OpenClient(parsed, () => self ?? _tenant.Holder(parsed), "signal.write", "context.read");
        var opaque = _subject.Opaque(parsed);
        var identifier = opaque ?? _subject.RequiredSubject(parsed);
        var subject = opaque is null || self is not null ? null : _subject.Subject(parsed, withoutOpaque: true);
        if (self is null && GivenToken(parsed) is null && (opaque is null || subject is null))
        {
            throw new UsageException("a tenant attaches an opaque id to a customer: --opaque ID and, for example, --email ADDRESS");
        }

        var outcome = await client.Identity.LinkAsync(subject, identifier, parsed.GetValue(_code), cancellation);
        return Tell(parsed, Words.Code(outcome), outcome == LinkOutcome.CodeSent ? "A code was sent there; call again with --code." : "Attached.");
    }
}
