using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class WebhooksCommandTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("6h")]
    public async Task Webhooks_OfTheLastHours_SaysHowManyAreSentAgain(string? last)
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => new ReplayWebhooksResponse { MessageCount = 12 };
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync(["webhooks", "--tenant", "acme", "--service", "crm", .. last is null ? Array.Empty<string>() : ["--last", last]]));

        Assert.Equal(last is null ? null : TimeSpan.FromHours(6), Assert.Single(server.Script.Received<ReplayWebhooksRequest>()).LastDuration?.ToTimeSpan());
        Assert.Contains("sent again: 12", ctx.Output, StringComparison.Ordinal);
    }
}
