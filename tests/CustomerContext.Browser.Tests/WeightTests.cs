using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Testing;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace CustomerContext.Browser.Tests;

/// <summary>
/// What pages cost a browser that has none of their files yet: under 100 KB with at most 5 KB of script, and nothing moves once it is shown. With CC_PAINT=N each page is also loaded N times and
/// the time to the first paint is printed.
/// </summary>
[Collection(TownCollection.Name)]
public sealed class WeightTests(Town town, ITestOutputHelper output)
{
    private const int MaxBytes = 100 * 1000;
    private const int MaxScriptBytes = 5 * 1000;
    private const int SlowLine = 40 * 1000; // bytes a second

    /// <summary>Bytes of the page with all that it loads, and of its scripts, before any compression.</summary>
    private const string Weight = """
        () => {
            const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(one => !new URL(one.name).pathname.endsWith('/live'));
            const sum = some => some.reduce((bytes, one) => bytes + one.decodedBodySize, 0);
            return [sum(all), sum(all.filter(one => new URL(one.name).pathname.endsWith('.js')))];
        }
        """;

    /// <summary>What moved after it was first shown (the browser's own measure), once two more frames have been drawn; nothing if nothing did.</summary>
    private const string Moved = """
        () => new Promise(done => {
            const moved = [];
            const place = one => [one.x, one.y, one.width, one.height].map(Math.round).join(' ');
            const take = some => some.forEach(one => moved.push(...one.sources.map(source =>
                `${source.node?.outerHTML?.slice(0, 80) ?? source.node?.textContent ?? 'something'} from ${place(source.previousRect)} to ${place(source.currentRect)}`)));
            const observer = new PerformanceObserver(list => take(list.getEntries()));
            observer.observe({ type: 'layout-shift', buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => { take(observer.takeRecords()); done(moved.join('; ')); }));
        })
        """;

    private const string FirstPaint = """
        () => new Promise(done => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(one => done(one.startTime)))
            .observe({ type: 'paint', buffered: true }))
        """;

    [Fact]
    public async Task Pages_LoadedForTheFirstTime_AreLightAndStayWhereTheyAre()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await Check(agent, "/agent", "/agent/queue", "/embed");
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
        await Check(agent, new Uri(agent.Page.Url).AbsolutePath);
        await using var customer = await Visitor.SignIn(town, address, new Looks { Width = 360, Height = 740 });
        await Check(customer, "/me", "/me/looks", "/me/known", "/me/choices", "/me/tribes", "/me/questions", "/me/friends", "/join");
        await using var analyst = await Visitor.SignIn(town, "analyst-acme");
        await Check(analyst, "/tribes/e-bikers");
    }

    private async Task Check(Visitor visitor, params string[] paths)
    {
        var browser = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await browser.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });

        // On a slow line a page is drawn while it arrives, so what comes late could push away what is there. The time to the first paint is that of a fast one.
        var line = Trials.Count("CC_PAINT", 0) == 0 ? SlowLine : -1;
        await browser.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = line, ["uploadThroughput"] = line });
        foreach (var path in paths)
        {
            await visitor.Page.GotoAsync(path);
            var bytes = await visitor.Page.EvaluateAsync<int[]>(Weight);
            var moved = await visitor.Page.EvaluateAsync<string>(Moved);

            Assert.InRange(bytes[0], 1, MaxBytes);
            Assert.InRange(bytes[1], 1, MaxScriptBytes);
            Assert.True(moved.Length == 0, $"{path}: {moved}");
            await Measure(visitor.Page, path.StartsWith("/agent/", StringComparison.Ordinal) && path != "/agent/queue" ? "/agent/CALL" : path, bytes);
        }
    }

    /// <summary>Prints the middle and the longest of the times to the first paint.</summary>
    private async Task Measure(IPage page, string name, int[] bytes)
    {
        var times = new List<double>();
        for (var i = 0; i < Trials.Count("CC_PAINT", 0); i++)
        {
            await page.ReloadAsync();
            times.Add(await page.EvaluateAsync<double>(FirstPaint));
        }

        times.Sort();
        var paint = times.Count == 0 ? " | |" : FormattableString.Invariant($" {times[times.Count / 2]:F0} ms | {times[^1]:F0} ms |");
        output.WriteLine(FormattableString.Invariant($"| `{name}` | {bytes[0] / 1000.0:F1} KB | {bytes[1] / 1000.0:F1} KB |") + paint);
    }
}
