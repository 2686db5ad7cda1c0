using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Testing;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The pictures of the README: made of a call as it goes, each at most 60 KB. With CC_PICTURES=1 they replace those in docs/images.</summary>
[Collection(TownCollection.Name)]
public sealed class PictureTests(Town town)
{
    private const int MaxBytes = 60 * 1024;

    [Fact]
    public async Task Pictures_OfACall_AreSmall()
    {
        const string address = "sam@example.org";
        await using var agent = await Visitor.SignIn(town, "agent-acme", new Looks { Width = 900, Height = 640 });
        await agent.Find(address);
        await agent.Page.GetByTestId("ask").ClickAsync();
        var digits = (await agent.Page.GetByTestId("spoken-digits").InnerTextAsync()).Trim();
        await Take(agent, "agent-asks");

        await using var person = await Visitor.Open(town, new Looks { Width = 360, Height = 740 });
        await person.Page.GotoAsync("/outbox");
        var link = person.Page.Locator("article", new() { HasText = address }).GetByTestId("open-link");
        await person.Page.GotoAsync(new Uri((await link.GetAttributeAsync("href"))!).AbsolutePath);
        await Take(person, "join");
        await person.Page.GetByTestId("myself").CheckAsync();
        await person.Page.GetByTestId("digits").FillAsync(digits);
        await person.Page.GetByTestId("of-age").CheckAsync();
        await person.Page.GetByTestId("yes").ClickAsync();
        await person.Page.WaitForURLAsync("**/join/done");
        await person.Page.GetByTestId("answer-refund").Last.ClickAsync();
        await person.Page.GetByTestId("answer-ask_again").ClickAsync();
        await person.Page.GetByTestId("call-me").FillAsync("Sam");
        await person.Page.GetByTestId("call-me").PressAsync("Enter");
        await Take(person, "join-done");

        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await town.Say(address, "I am so angry, nobody helps with the router.", "router");
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
        await agent.Page.ReloadAsync(); // without the marks of what just changed
        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();
        await Take(agent, "agent-brief");

        await person.Page.GotoAsync("/me");
        await Take(person, "me");
    }

    private static async Task Take(Visitor visitor, string name)
    {
        var picture = await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });
        Assert.InRange(picture.Length, 1, MaxBytes);
        if (Environment.GetEnvironmentVariable("CC_PICTURES") == "1")
        {
            var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs/images"));
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{name}.png"), picture);
        }
    }
}
