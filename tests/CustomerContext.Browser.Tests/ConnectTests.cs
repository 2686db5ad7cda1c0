using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Client;
using CustomerContext.Testing;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>Somebody connects their account in a network on their page, and disconnects it: over the network's own page and back, with everything real in between.</summary>
[Collection(TownCollection.Name)]
public sealed class ConnectTests(Town town)
{
    private const string Ann = "ann@example.org";
    private const string Network = "mastodon-example";

    [Fact]
    public async Task Account_ConnectedOnThePage_IsReadUntilDisconnected()
    {
        using var folder = new TempFolder();
        using var data = new TempFolder();
        var port = FreePort.NextText();
        await using var server = await MastodonServer.Start();
        await File.WriteAllTextAsync(folder.File("tenants.json"), $$"""
            { "CustomerContext": { "Tenants": [
              { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ] },
              { "Id": "{{Network}}", "DisplayName": "Mastodon", "Network": true, "Sources": [ "posts" ], "Connector": "http://127.0.0.1:{{port}}/connect/{{Network}}" } ] } }
            """);
        await using var silo = await SiloProcess.Start(data.Path, "--tenants", folder.File("tenants.json"));
        await using var web = await WebProcess.Start(silo);
        await using var connector = await ConnectorProcess.Start(
            new Dictionary<string, string>
            {
                ["Networks__0__Network"] = Network,
                ["Networks__0__Host"] = server.Url.ToString(),
                ["PullSeconds"] = "1",
                ["CheckSeconds"] = "1",
            },
            "--listen", $"127.0.0.1:{port}", "--silo", silo.Grpc.ToString(), "--pages", web.Url.ToString(), "--data", folder.File("connector"), "--silo-data", silo.DataFolder, "--development", "true");
        using var client = new CustomerContextClient(new CustomerContextClientOptions { Address = silo.Grpc, TokenProvider = _ => ValueTask.FromResult(silo.Tokens.Sign(DevTokens.Customer(Ann))) });
        await client.Me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme", "customer" } });
        var grant = (await client.Me.CreateGrantAsync("acme", Town.EverythingAtAnyTime())).Grant.GrantId;
        server.Write("7", "<p>I am really happy about the delivery, thanks!</p>", TimeProvider.System.GetUtcNow().AddHours(-1));

        await using var ann = await Visitor.SignIn(town, Ann, at: web.Url);
        ann.MayAsk(server.Url.GetLeftPart(UriPartial.Authority));
        ann.MayAsk(connector.Url.GetLeftPart(UriPartial.Authority));
        var axe = await Axe.Of(ann, runsScripts: true);
        await axe.Check("/me/sources", $"/me/connect?network={Network}", "/me/connect?network=nonsense");
        await ann.Page.GotoAsync("/me/sources");
        await ann.Page.GetByTestId($"connect-{Network}").ClickAsync();

        // They look around there, say no, and are back without anything; then they do it.
        await ann.Page.GetByTestId("connect-go").ClickAsync();
        await ann.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Authorize" }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".errors")).ToContainTextAsync("You said no there");
        await ann.Page.GetByTestId("connect-go").ClickAsync();
        await ann.Page.GetByLabel("Account").FillAsync("7");
        await ann.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Authorize" }).ClickAsync();
        await Assertions.Expect(ann.Page.GetByTestId("connect-yes")).ToBeVisibleAsync();
        Assert.Null((await client.Me.ListSourcesAsync()).Sources.Single(source => source.Source_ == Network).SinceTime);

        await axe.CheckHere();

        // Only what they tick shows it.
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Checkbox)).Not.ToBeCheckedAsync();
        await ann.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await ann.Page.GetByTestId("connect-yes").ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".notice").First).ToContainTextAsync("Connected");
        var source = (await client.Me.ListSourcesAsync()).Sources.Single(one => one.Source_ == Network);
        Assert.Equal(("7", grant), (source.AccountId, Assert.Single(source.GrantIds)));
        await Knows(client, true);

        await ann.Page.GetByTestId($"disconnect-{Network}").ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".notice").First).ToContainTextAsync("Stopped");
        await Assertions.Expect(ann.Page.GetByTestId($"connect-{Network}")).ToBeVisibleAsync();
        await Knows(client, false);
        await server.TokenIsGone(server.Tokens.Keys.FirstOrDefault() ?? "");
    }

    private static async Task Knows(CustomerContextClient client, bool something)
    {
        using var longest = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await client.Me.GetContextAsync(cancellation: longest.Token)).Context.TopOfMind?.Topics.Count > 0 != something)
        {
            longest.Token.ThrowIfCancellationRequested();
        }
    }
}
