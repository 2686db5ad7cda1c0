using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>Somebody with a browser of their own: its cookies are nobody else's.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _url;
    private readonly List<string> _others = [];

    private Visitor(IBrowserContext context, IPage page, Uri url) => (_context, Page, _url) = (context, page, url);

    /// <summary>The page that they look at.</summary>
    public IPage Page { get; }

    /// <summary>Their browser.</summary>
    public IBrowserContext Context => _context;

    /// <summary>Every address that their browser has asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What the pages wrote to the browser's console as errors: a policy that was broken shows there.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens a browser.</summary>
    public static async Task<Visitor> Open(Town town, Looks? looks = null, Uri? at = null)
    {
        looks ??= new Looks();
        var context = await town.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (at ?? town.Url).ToString(),
            ColorScheme = looks.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = looks.Script,
            Locale = looks.Locale,
            ViewportSize = new ViewportSize { Width = looks.Width, Height = looks.Height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)TimeSpan.FromSeconds(30).TotalMilliseconds);
        var page = await context.NewPageAsync();
        var visitor = new Visitor(context, page, at ?? town.Url);
        context.Request += (_, request) => visitor.Asked.Add(request.Url);
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                visitor.Complaints.Add(message.Text);
            }
        };
        return visitor;
    }

    /// <summary>Opens a browser and signs in as somebody of the demo: "agent-acme", or an address.</summary>
    public static async Task<Visitor> SignIn(Town town, string who, Looks? looks = null, Uri? at = null)
    {
        var visitor = await Open(town, looks, at);
        await visitor.SignIn(who);
        return visitor;
    }

    /// <summary>From the next page on, counts each press of theirs on this host.</summary>
    public Task CountPresses() =>
        Page.AddInitScriptAsync("addEventListener('pointerdown', event => { if (event.isTrusted) sessionStorage.presses = Number(sessionStorage.presses ?? 0) + 1; }, true);");

    /// <summary>How often they have pressed something since.</summary>
    public Task<int> Presses() => Page.EvaluateAsync<int>("Number(sessionStorage.presses ?? 0)");

    /// <summary>Goes on with the Tab key alone until what has the focus is <paramref name="testId"/>, or begins with it.</summary>
    public async Task TabTo(string testId)
    {
        const int MostStops = 40;
        for (var i = 0; i < MostStops; i++)
        {
            if ((await Page.EvaluateAsync<string?>("document.activeElement?.dataset.testid ?? null"))?.StartsWith(testId, StringComparison.Ordinal) == true)
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The Tab key does not lead to {testId}.");
    }

    /// <summary>Another host that their browser may ask.</summary>
    public void MayAsk(string origin) => _others.Add(origin);

    /// <summary>Signs in as somebody of the demo.</summary>
    public async Task SignIn(string who)
    {
        await Page.GotoAsync("/demo");
        if (who.Contains('@') || who.StartsWith('+'))
        {
            await Page.GetByTestId("as-anyone").FillAsync(who);
            await Page.GetByTestId("as-anyone").PressAsync("Enter");
        }
        else
        {
            await Page.GetByTestId($"as-{who}").ClickAsync();
        }

        await Arrives("(?<!/demo)$");
    }

    /// <summary>As an agent: opens a call with a customer.</summary>
    public async Task Find(string address)
    {
        await Page.GotoAsync("/agent");
        await Page.GetByTestId("find").FillAsync(address);
        await Page.GetByTestId("find-submit").ClickAsync();
        await Arrives("/agent/.");
    }

    /// <summary>On the page of a request: for myself, the two digits, of age, yes.</summary>
    public async Task SayYes(string digits)
    {
        await Page.GetByTestId("myself").CheckAsync();
        await Page.GetByTestId("digits").FillAsync(digits);
        await Page.GetByTestId("of-age").CheckAsync();
        await Page.GetByTestId("yes").ClickAsync();
    }

    /// <summary>
    /// Waits for another page, to its last line: until its address matches a regular expression. Neither the events of its loading nor Playwright's wait for an address are used: an event
    /// that comes before it is waited for never comes again.
    /// </summary>
    public async Task Arrives(string address)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex(address), new() { Timeout = 30_000 });
        await Page.Locator("footer.bottom").WaitForAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        // No request leaves for another host.
        Assert.DoesNotContain(Asked, url => !url.StartsWith(_url.ToString(), StringComparison.Ordinal) && !_others.Exists(other => url.StartsWith(other, StringComparison.Ordinal)));
    }
}

/// <summary>How a browser shows pages.</summary>
internal sealed record Looks
{
    /// <summary>Dark colours.</summary>
    public bool Dark { get; init; }

    /// <summary>Whether scripts run.</summary>
    public bool Script { get; init; } = true;

    /// <summary>Width in pixels.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Height in pixels.</summary>
    public int Height { get; init; } = 900;

    /// <summary>The language that the browser asks for.</summary>
    public string Locale { get; init; } = "en-GB";
}
