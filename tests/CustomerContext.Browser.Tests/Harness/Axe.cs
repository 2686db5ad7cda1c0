using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>Somebody's browser with axe: every page is looked at light, dark, and at 400 % of a window of 1280 by 900.</summary>
internal sealed class Axe
{
    private const int Zoom = 4;

    private const string Run = """
        () => axe.run(document, { resultTypes: ['violations'] })
            .then(found => found.violations.map(fault => `${fault.id}: ${fault.nodes.map(node => node.html).join('; ')}`))
        """;

    private static readonly string _script = new BundledAxeScriptProvider().GetScript();

    private readonly IPage _page;
    private readonly ICDPSession _browser;
    private readonly bool _runsScripts;

    private Axe(IPage page, ICDPSession browser, bool runsScripts) => (_page, _browser, _runsScripts) = (page, browser, runsScripts);

    /// <summary>In the browser of a visitor, who from now on has scripts or has none.</summary>
    public static async Task<Axe> Of(Visitor visitor, bool runsScripts)
    {
        var axe = new Axe(visitor.Page, await visitor.Context.NewCDPSessionAsync(visitor.Page), runsScripts);
        await axe.LetScriptsRun(runsScripts);
        return axe;
    }

    /// <summary>On each of the paths.</summary>
    public async Task Check(params string[] paths)
    {
        foreach (var path in paths)
        {
            await _page.GotoAsync(path);
            await CheckHere();
        }
    }

    /// <summary>On the page as it stands: finds nothing, and nothing is wider than the window.</summary>
    public async Task CheckHere()
    {
        await LetScriptsRun(true); // axe is one; those of the page had their time
        foreach (var frame in _page.Frames)
        {
            await frame.EvaluateAsync(_script);
        }

        await CheckLook("light");
        await _page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await CheckLook("dark");
        await _page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        // What a browser does to zoom: fewer and larger pixels. The page has to fit 320 of them.
        await _browser.SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = 1280 / Zoom, ["height"] = 900 / Zoom, ["deviceScaleFactor"] = Zoom, ["mobile"] = false });
        Assert.Equal(1280 / Zoom, await _page.EvaluateAsync<int>("innerWidth"));
        await CheckLook("at 400 %");
        await _browser.SendAsync("Emulation.clearDeviceMetricsOverride");
        await LetScriptsRun(_runsScripts);
    }

    private Task<JsonElement?> LetScriptsRun(bool run) => _browser.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = !run });

    private async Task CheckLook(string look)
    {
        var faults = await _page.EvaluateAsync<string[]>(Run);
        Assert.True(faults.Length == 0, $"{_page.Url}, {look}: {string.Join('\n', faults)}");
        var overflow = await _page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{_page.Url}, {look}: {overflow} px too wide");
    }
}
