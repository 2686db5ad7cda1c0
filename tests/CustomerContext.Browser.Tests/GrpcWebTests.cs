using System.Diagnostics;
using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Testing;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>
/// The example of gRPC-Web in Chromium, in a page of another origin than the silo's: the npm packages grpc-web and protobufjs, unmodified, with the contract as the silo serves it. Needs
/// <c>npm --prefix tests/clients install</c>.
/// </summary>
[Collection(TownCollection.Name)]
public sealed class GrpcWebTests(Town town)
{
    /// <summary>The port of the origin that the shipped tenants file lists for acme.</summary>
    private const int Listed = 8000;

    private const string Connect = "([http, token]) => context.connect(http, token).then(service => { window.service = service; })";
    private const string Look = "email => service.getContext({ subject: { email }, purpose: 'service.support', interactionId: 'web-1' }).then(answer => answer.brief.headline, error => `refused ${error.code}`)";
    private const string Watch = """
        email => {
          window.seen = [];
          window.watch = service.watchContext({ subject: { email }, purpose: 'service.support', interactionId: 'web-2' });
          watch.on('data', message => seen.push(JSON.stringify(message)));
          watch.on('error', error => seen.push(`refused ${error.code}`));
        }
        """;

    [Fact]
    public async Task Look_FromAPageOfAListedOrigin_AnsweredAndRefusedAsByGrpc()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "My router is broken, this is really disappointing.", "router");
        await using var desk = new HostPage("", Listed);
        var page = await Open(desk);
        await Call(page, Token());

        Assert.Contains("router", await page.EvaluateAsync<string>(Look, address), StringComparison.Ordinal);
        Assert.Equal("refused 7", await page.EvaluateAsync<string>(Look, town.NextAddress()));

        await Call(page, "nobody's");
        Assert.Equal("refused 16", await page.EvaluateAsync<string>(Look, address));
        await page.CloseAsync();
    }

    [Fact]
    public async Task Watch_FromAPageOfAListedOrigin_HearsWhatIsSaidMeanwhileAndTheEnd()
    {
        var address = await town.NewCustomer();
        await using var desk = new HostPage("", Listed);
        var page = await Open(desk);
        await Call(page, Token());
        await page.EvaluateAsync(Watch, address);
        await page.WaitForFunctionAsync("seen.length > 0");

        await town.Say(address, "The camera is lovely, thank you!", "camera");
        await page.WaitForFunctionAsync("seen.some(message => message.includes('camera'))");

        await town.As(address).Me.PauseAllAsync();
        await page.WaitForFunctionAsync("seen.some(message => message.includes('\"ended\"'))");
        await page.CloseAsync();
    }

    /// <summary>The answer may be the same; the browser does not let the script have it.</summary>
    [Fact]
    public async Task Look_FromAPageOfAnotherOrigin_KeptFromTheScript()
    {
        await using var other = new HostPage("");
        var page = await Open(other);

        await Assert.ThrowsAsync<PlaywrightException>(() => Call(page, Token()));
        await page.CloseAsync();
    }

    private string Token() => town.Silo.Tokens.Sign(DevTokens.Actor("acme"));

    private async Task Call(IPage page, string token) => await page.EvaluateAsync(Connect, new[] { town.Silo.Http.ToString(), token });

    /// <summary>A browser that shows <paramref name="desk"/> with the example in it.</summary>
    private async Task<IPage> Open(HostPage desk)
    {
        var page = await town.Browser.NewPageAsync();
        await page.GotoAsync(desk.Url.ToString());
        await page.AddScriptTagAsync(new() { Content = await Bundle() });
        return page;
    }

    private static async Task<string> Bundle()
    {
        var modules = Path.Combine(Repository.Root, "tests/clients/node_modules");
        var start = new ProcessStartInfo(Path.Combine(modules, ".bin/esbuild"), ["examples/grpc-web.js", "--bundle", "--format=iife", "--global-name=context", "--log-level=error"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
            Environment = { ["NODE_PATH"] = modules },
        };
        using var process = Process.Start(start)!;
        var bundle = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return bundle;
    }
}
