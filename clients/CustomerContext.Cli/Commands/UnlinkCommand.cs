using System.CommandLine;
using CustomerContext.Cli.Options;

namespace CustomerContext.Cli.Commands;

/// <summary>Detaches an identifier.</summary>
internal sealed class UnlinkCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("ctx");
    private readonly AsOption _as = new(false);
    private readonly SubjectOptions _subject = new();

    public UnlinkCommand(SharedOptions shared, Surroundings surroundings)
        : base("unlink", "Detaches an identifier, or undoes the merge that it made; one that is not attached is no error.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _as.Option])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx unlink --as customer1@example.org --phone +31201234567",
        "ctx unlink --as customer1@example.org --iss https://login.example --sub 42      # two logins are two people again",
        "ctx unlink --tenant acme --opaque crm-42",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var self = _as.Holder(parsed);
        var identifier = _subject.RequiredSubject(parsed);
        using var client = OpenClient(parsed, () => self ?? _tenant.Holder(parsed), "signal.write");
        await client.Identity.UnlinkAsync(identifier, cancellation);
        return Tell(parsed, "UNLINKED", "Detached.");
    }
}
