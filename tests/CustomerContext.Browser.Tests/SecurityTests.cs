using System.Net;
using System.Runtime.Versioning;
using CustomerContext.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>What other sites, and other people, cannot do with these pages.</summary>
[Collection(TownCollection.Name)]
public sealed class SecurityTests(Town town)
{
    [Fact]
    public async Task Headers_OfEveryPage_AllowNothingFromElsewhere()
    {
        using var http = Http();
        foreach (var path in new[] { "/", "/demo", "/agent", "/me", "/not-there", "/site.css" })
        {
            using var answer = await http.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Cookies_OfASession_AreOfThisHostOnlyAndOutOfReachOfScripts()
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(town.NextAddress());
        var cookies = await agent.Context.CookiesAsync();
        Assert.Contains(cookies, cookie => cookie.Name == "__Host-session");
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie.Name, StringComparison.Ordinal);
            Assert.True(cookie.Secure);
            Assert.True(cookie.HttpOnly);
            Assert.Equal("/", cookie.Path);
            Assert.NotEqual(SameSiteAttribute.None, cookie.SameSite);
        });
        Assert.Equal("", await agent.Page.EvaluateAsync<string>("document.cookie"));
    }

    [Fact]
    public async Task Session_AfterANewSignIn_IsANewOne()
    {
        await using var visitor = await Visitor.SignIn(town, "agent-acme");
        await visitor.Find(town.NextAddress());
        var call = visitor.Page.Url;
        var before = await Session(visitor);

        await visitor.SignIn("agent-acme");

        Assert.NotEqual(before, await Session(visitor));
        await visitor.Page.GotoAsync(call);
        Assert.EndsWith("/agent", visitor.Page.Url, StringComparison.Ordinal);
    }

    /// <summary>Session fixation: whoever puts their own cookie into somebody's browser has nothing of the session that begins there.</summary>
    [Fact]
    public async Task Session_ThatSomebodyElsePlanted_IsNotTheOneThatBegins()
    {
        await using var attacker = await Visitor.SignIn(town, "agent-globex");
        await using var victim = await Visitor.Open(town);
        var planted = (await attacker.Context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-session");
        await victim.Context.AddCookiesAsync([new Microsoft.Playwright.Cookie { Name = planted.Name, Value = planted.Value, Url = $"https://{town.Url.Host}/", Secure = true, HttpOnly = true }]);
        await victim.SignIn("agent-acme");
        await victim.Find(await town.NewCustomer());
        var call = victim.Page.Url;
        Assert.NotEqual(planted.Value, await Session(victim));

        await attacker.Page.GotoAsync(call);

        Assert.EndsWith("/agent", attacker.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(attacker.Page.Locator(".who")).ToContainTextAsync("Globex");
    }

    /// <summary>A page of another origin can read neither the cookie nor an answer, and what it sends carries no cookie.</summary>
    [Fact]
    public async Task Session_FromAnotherOrigin_IsOutOfReach()
    {
        await using var site = new HostPage("A site");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        agent.MayAsk(site.Url.ToString());
        await agent.Page.GotoAsync(site.Url.ToString());
        var asked = agent.Page.WaitForRequestAsync($"{town.Url}agent");

        var read = await agent.Page.EvaluateAsync<string>("url => fetch(url, { credentials: 'include' }).then(answer => answer.text(), () => 'refused')", $"{town.Url}agent");
        var posted = await agent.Page.EvaluateAsync<string>("url => fetch(url, { method: 'POST', credentials: 'include', mode: 'no-cors' }).then(answer => answer.type, () => 'refused')", $"{town.Url}sign-out");

        Assert.Equal("refused", read);
        Assert.False((await (await asked).AllHeadersAsync()).ContainsKey("cookie"));
        Assert.Equal("", await agent.Page.EvaluateAsync<string>("document.cookie"));
        Assert.NotEqual("basic", posted);
        await agent.Page.GotoAsync($"{town.Url}agent");
        await Assertions.Expect(agent.Page.Locator(".who")).ToContainTextAsync("Acme"); // still signed in
    }

    [Theory]
    [InlineData("/demo", "person=agent-acme")]
    [InlineData("/agent", "find=x%40example.org")]
    [InlineData("/agent/queue?handler=Claim", "work=0123456789abcdef0123456789abcdef")]
    [InlineData("/me?handler=Stop", "grant=g")]
    [InlineData("/me?handler=Pause", "")]
    [InlineData("/me/choices?handler=Give", "yes=publish")]
    [InlineData("/me/choices?handler=Withdraw", "yes=of_age")]
    [InlineData("/me/tribes?handler=Join", "tribe=e-bikers")]
    [InlineData("/me/tribes?handler=Leave", "tribe=e-bikers")]
    [InlineData("/me/questions?handler=Answer", "question=q&answer=5")]
    [InlineData("/me/questions?handler=Give", "yes=ask")]
    [InlineData("/me/questions?handler=Withdraw", "yes=ask")]
    [InlineData("/me/sources?handler=Give", "source=globex")]
    [InlineData("/me/known?handler=Make", "wish=please_do_not%3Acall")]
    [InlineData("/me/known?handler=Drop", "wish=please_do_not%3Acall")]
    [InlineData("/me/everything?handler=Erase", "sure=true")]
    [InlineData("/language", "choice=de")]
    [InlineData("/sign-out", "")]
    public async Task Post_WithoutTheFormsToken_IsRefused(string path, string form)
    {
        await using var visitor = await Visitor.SignIn(town, path.StartsWith("/agent", StringComparison.Ordinal) ? "agent-acme" : await town.NewCustomer());
        var answer = await visitor.Context.APIRequest.PostAsync(path, new APIRequestContextOptions
        {
            Data = form,
            Headers = [new("content-type", "application/x-www-form-urlencoded")],
            MaxRedirects = 0,
        });
        Assert.Equal(400, answer.Status);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Language_WithAnAddressElsewhere_StaysHere(string to)
    {
        await using var visitor = await Visitor.Open(town);
        await visitor.Page.GotoAsync("/");
        await visitor.Page.EvaluateAsync("to => document.querySelector('footer [name=to]').value = to", to);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Deutsch" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        Assert.Equal(town.Url, new Uri(visitor.Page.Url));
    }

    [Fact]
    public async Task Pages_InAFrameOfAnotherSite_DoNotShow()
    {
        await using var site = new HostPage($"<iframe src=\"{town.Url}demo\"></iframe>");
        var context = await town.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaint = page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
        await page.GotoAsync(site.Url.ToString());
        await complaint;
        Assert.DoesNotContain(page.Frames, frame => frame.Url.StartsWith(town.Url.ToString(), StringComparison.Ordinal));
        await context.DisposeAsync();
    }

    [Fact]
    public async Task Pages_OfOthers_LeadToWhereOneSignsIn()
    {
        await using var customer = await Visitor.SignIn(town, await town.NewCustomer());
        foreach (var path in new[] { "/agent", "/agent/queue", "/agent/queue/live", "/agent/0123456789abcdef0123456789abcdef" })
        {
            await customer.Page.GotoAsync(path);
            Assert.EndsWith("/me", customer.Page.Url, StringComparison.Ordinal); // not theirs: back to where they belong
        }

        await using var nobody = await Visitor.Open(town);
        await nobody.Page.GotoAsync("/me");
        Assert.Equal("/", new Uri(nobody.Page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Demo_OutsideDevelopment_IsNotThere()
    {
        await using var web = await WebProcess.Start(
            town.Silo,
            ("CustomerContextWeb__Development", "false"),
            ("CustomerContextWeb__PublicUrl", "https://context.example/"),
            ("CustomerContextWeb__SignIn__Authority", "https://login.example"),
            ("CustomerContextWeb__SignIn__ClientId", "pages"));
        using var http = new HttpClient { BaseAddress = web.Url };
        using var answer = await http.GetAsync("/demo");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Addresses_AndLogs_HoldNoPersonalData()
    {
        var address = await town.NewCustomer();
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/known");
        var name = address[..address.IndexOf('@')];
        Assert.DoesNotContain(agent.Asked.Concat(customer.Asked), url => url.Contains(name, StringComparison.Ordinal));
        Assert.DoesNotContain(name, town.WebOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("/agent/", town.WebOutput, StringComparison.Ordinal); // no address is logged at all
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void DataFolder_OnceThePagesRan_IsStillItsOwnersAlone()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var keys = Directory.EnumerateFileSystemEntries(town.Silo.DataFolder, "*", SearchOption.AllDirectories)
            .Where(path => path.Contains("web-keys", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(keys);
        Assert.All(keys, path => Assert.Equal(Owner, File.GetUnixFileMode(path) | Owner)); // the silo would refuse the folder at its next start
    }

    private static async Task<string> Session(Visitor visitor) =>
        (await visitor.Context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-session").Value;

    private HttpClient Http() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = town.Url };
}
