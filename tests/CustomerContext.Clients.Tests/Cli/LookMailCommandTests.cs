using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class LookMailCommandTests
{
    [Theory]
    [InlineData("daily", LookMailKind.Daily)]
    [InlineData("never", LookMailKind.Unspecified)]
    public async Task Set_AnyKind_SaysWhatHoldsNow(string kind, LookMailKind expected)
    {
        var mail = expected == LookMailKind.Unspecified ? new LookMail() : new LookMail { Kind = expected, Address = "ana@example.org", Language = "de" };
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => new SetLookMailResponse { LookMail = mail };
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync(["look-mail", "--as", "ana@example.org", "--set", kind, "--language", "de"]));

        var request = Assert.Single(server.Script.Received<SetLookMailRequest>());
        Assert.Equal((expected, "de"), (request.Kind, request.Language));
        Assert.Contains($"mail about looks: {kind}", ctx.Output, StringComparison.Ordinal);
        Assert.Equal(expected != LookMailKind.Unspecified, ctx.Output.Contains("to ana@example.org", StringComparison.Ordinal));
    }
}
