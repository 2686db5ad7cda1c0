using System.Collections.Concurrent;
using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Xunit.Abstractions;

namespace CustomerContext.Browser.Tests;

/// <summary>
/// Many agents' screens open at once: each gets what is sent of its own customer. CC_SCREENS=N opens N, CC_SCREEN_SECONDS holds them so long while signals go on; how long a signal takes to the screen and
/// what a screen costs is printed.
/// </summary>
[Collection(TownCollection.Name)]
public sealed class ScreensTests(Town town, ITestOutputHelper output)
{
    private const int CallsOfABrowser = 8;

    /// <summary>Signals under way at a time.</summary>
    private const int AtOnce = 4;

    private static readonly TimeProvider _time = TimeProvider.System;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Screens_ManyAtOnce_EachHearsOfItsOwnCustomer()
    {
        var count = Trials.Count("CC_SCREENS", CallsOfABrowser);
        var held = TimeSpan.FromSeconds(Trials.Count("CC_SCREEN_SECONDS", 0));
        var customers = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            var customer = await town.NewCustomer();
            await town.Say(customer, "My router is broken.", "router");
            customers.Add(customer);
        });
        await using var web = await WebProcess.Start(town.Silo);
        var browsers = await Browsers(web.Url, (count + CallsOfABrowser - 1) / CallsOfABrowser);
        await (await browsers[0].Open(customers.First())).DisposeAsync(); // what the first screen loads is no screen's
        var (webBefore, siloBefore) = (web.Memory, town.Silo.Memory);

        var screens = new List<AgentScreen>();
        foreach (var (browser, some) in browsers.Zip(customers.Chunk(CallsOfABrowser)))
        {
            foreach (var customer in some)
            {
                screens.Add(await browser.Open(customer));
            }
        }

        await Task.WhenAll(screens.Select(screen => screen.Shown)).WaitAsync(_longest);
        output.WriteLine($"{count} screens open: {(web.Memory - webBefore) / 1024 / count} KiB each in the pages, {(town.Silo.Memory - siloBefore) / 1024 / count} KiB each in the silo");
        var begun = _time.GetTimestamp();
        var round = 0;
        do
        {
            var taken = await Round(screens, ++round);
            output.WriteLine($"round {round}, after {_time.GetElapsedTime(begun).TotalSeconds:F0} s: signal to screen p50 {taken[taken.Length / 2]:F0} ms, p99 {taken[taken.Length * 99 / 100]:F0} ms, longest {taken[^1]:F0} ms; memory {web.Memory >> 20} MiB pages, {town.Silo.Memory >> 20} MiB silo");
        }
        while (_time.GetElapsedTime(begun) < held);

        await Task.WhenAll(screens.Select(screen => screen.DisposeAsync().AsTask()));
        browsers.ForEach(browser => browser.Dispose());
    }

    private static async Task<List<AgentBrowser>> Browsers(Uri pages, int count)
    {
        var browsers = Enumerable.Range(0, count).Select(number => new AgentBrowser(pages, number)).ToList();
        foreach (var browser in browsers)
        {
            await browser.SignIn();
        }

        return browsers;
    }

    /// <summary>One signal of each customer; the times to their screens in milliseconds, in order.</summary>
    private async Task<double[]> Round(List<AgentScreen> screens, int round)
    {
        var taken = new ConcurrentBag<double>();
        await Parallel.ForEachAsync(screens, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (screen, stop) =>
        {
            var signal = town.Turn(screen.Customer, "And what about the invoice?", "invoice");
            signal.Link = $"https://desk.example.org/{signal.Id}-{round}.";
            var shown = screen.Expect(signal.Link);
            var sent = _time.GetTimestamp();
            var results = await town.AsProgram("acme").Signals.PublishAsync([signal], cancellation: stop);
            Assert.Equal(SignalOutcome.Accepted, Assert.Single(results).Outcome);
            taken.Add(_time.GetElapsedTime(sent, await shown.WaitAsync(_longest, stop)).TotalMilliseconds);
        });
        return [.. taken.Order()];
    }
}
