using System.CommandLine;
using System.Globalization;
using CustomerContext.Cli.Options;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Has a company's webhooks sent again.</summary>
internal sealed class WebhooksCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("ctx");
    private readonly Option<string?> _last = new("--last") { Description = "The messages of how long, 1m to 24h. Default: 24h", HelpName = "SPAN" };

    public WebhooksCommand(SharedOptions shared, Surroundings surroundings)
        : base("webhooks", "Has the messages of the last hours sent again to a company's receivers, each under its own id, without what is not true any more.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _tenant.All, _last])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples => ["ctx webhooks --tenant acme --service crm", "ctx webhooks --tenant acme --service crm --last 6h"];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var last = parsed.GetValue(_last) is { } text ? Times.Span(text) : default(TimeSpan?);
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "webhook.replay");
        var count = await client.Webhooks.ReplayAsync(last, cancellation);
        return Show(parsed, new ReplayWebhooksResponse { MessageCount = count }, screen => screen.MarkupLine($"sent again: {count.ToString(CultureInfo.InvariantCulture)}"));
    }
}
