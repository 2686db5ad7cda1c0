using System.Text.Json;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Clients.Tests.Cli;

/// <summary>What a customer took out at another provider.</summary>
public sealed class ExportImportTests
{
    private const string Document = """
        {"format":"customercontext-export-5","exported_time":"2026-02-01T10:00:00Z",
         "consent":{"epoch":3,"preferences":{"collect":["acme","customer"],"leave_me_alone":true,"call_me":"Ada"},"grants":[{"id":"g"}]},
         "context":{"newest":1,"sources":[
           {"source":"acme/crm","traits":[{"name":"support_tier","value":"gold","stamp":{"at":1769940000000,"tie_break":1},"corrects":false}],"corrected_topics":[],"conversations":[],"topics":[]},
           {"source":"customer","conversations":[{}],"topics":[{},{}],
            "traits":[{"name":"wanted_outcome","value":"refund","stamp":{"at":1769940000123,"tie_break":7},"corrects":false},
                      {"name":"support_tier","value":"basic","stamp":{"at":1769940000000,"tie_break":8},"corrects":true},
                      {"name":"like","value":"","stamp":{"at":1769940000000,"tie_break":9},"corrects":false},
                      {"name":"plan","value":"","stamp":{"at":1769940000000,"tie_break":10},"corrects":true}],
            "corrected_topics":[{"topic":"billing","stamp":{"at":1769940000000,"tie_break":1}},{"topic":"router","stamp":{"at":1769940000000,"tie_break":1},"score":-500}],
            "score":{"stamp":{"at":1769940000000,"tie_break":1},"score":-250},
            "survey":{"stamp":{"at":1769940000000,"tie_break":1},"score":0,"question":"csat","answer":3000,"scale_minimum":1000,"scale_maximum":5000}}]},
         "around":{"ties":[{"kind":"Friend","mine":{"began":5},"theirs":{}},{"kind":"Friend","mine":{},"theirs":{}}],
                   "memberships":[{"tribe":"e-bikers","mine":{"began":1769940000000}},{"tribe":"left","mine":{"began":5,"ended":6}}]},
         "disclosures":[{},{},{}]}
        """;

    [Fact]
    public async Task Import_OwnWord_SaidAgainAndTheRestPassedOverByReason()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => Answer(request, new Preferences { OfAge = true, Collect = { "customer" } });
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("all.json", Document), "--export", "--as", "a@b.example", "--json"));

        var signals = Assert.Single(server.Script.Received<PublishSignalsRequest>()).Signals;
        Assert.Equal(
            ["export/trait/wanted_outcome/7/1769940000123", "export/trait/support_tier/8/1769940000000", "export/trait/plan/10/1769940000000", "export/topic/billing/1769940000000", "export/score//1769940000000", "export/survey/csat/1769940000000", "export/membership/e-bikers/1769940000000"],
            signals.Select(signal => signal.Id));
        Assert.All(signals, signal => Assert.Equal(("", null), (signal.Source, signal.Subject)));
        Assert.Equal(("refund", 1769940000123), (signals[0].Trait.Value, signals[0].OccurredTime.ToDateTimeOffset().ToUnixTimeMilliseconds()));
        Assert.Equal(("basic", ""), (signals[1].Correction.Trait.Value, signals[2].Correction.Trait.Value));
        Assert.Equal(("billing", -0.25), (signals[3].Correction.Topic.Topic, signals[4].Correction.SentimentScore));
        Assert.Equal((3, 1, 5), (signals[5].Survey.Answer, signals[5].Survey.ScaleMinimum, signals[5].Survey.ScaleMaximum));
        Assert.Equal(MembershipChange.Joined, signals[6].Membership.Change);
        Assert.Equal(
            [("Ada", false, "call_me"), ("", true, "leave_me_alone")],
            server.Script.Received<SetPreferencesRequest>().Select(request => (request.Preferences.CallMe, request.Preferences.LeaveMeAlone, Assert.Single(request.UpdateMask.Paths))));
        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal("""{"NAMES_NOBODY":1,"OF_A_COMPANY":1,"SUMS_ONLY":4,"CONSENT_GIVEN_ANEW":1,"OLD_RECORD":3}""", summary.RootElement.GetProperty("skipped").GetRawText());
    }

    [Fact]
    public async Task Import_NameSaidHereAlready_Stays()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => Answer(request, new Preferences { OfAge = true, Collect = { "customer" }, CallMe = "Eva" });
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("all.json", Document), "--export", "--as", "a@b.example"));

        Assert.Equal(["leave_me_alone"], server.Script.Received<SetPreferencesRequest>().SelectMany(request => request.UpdateMask.Paths));
    }

    [Theory]
    [InlineData(false, "customer")]
    [InlineData(true, "acme")]
    public async Task Import_WithoutTheTwoYeses_NothingSentAndSaidWhy(bool isOfAge, string collect)
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => Answer(request, new Preferences { OfAge = isOfAge, Collect = { collect } });
        using var ctx = new CtxRun(server);

        Assert.Equal(2, await ctx.RunAsync("import", ctx.Write("all.json", Document), "--export", "--as", "a@b.example"));

        Assert.IsType<GetPreferencesRequest>(Assert.Single(server.Script.Requests));
        Assert.Contains("nothing of it would be kept", ctx.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export-5", "export-3")]
    [InlineData("\"tie_break\":7", "\"tie_break\":\"7\"")]
    [InlineData("\"question\":\"csat\",", "")]
    [InlineData("{\"format\"", "[{\"format\"")]
    public async Task Import_AnotherForm_Refused(string right, string wrong)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("import", ctx.Write("all.json", Document.Replace(right, wrong, StringComparison.Ordinal)), "--export", "--dry-run"));

        Assert.Contains("is no export of the format customercontext-export-5", ctx.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_OfSomebodyWhoIsNoCustomer_NothingToSay()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("all.json", """{"format":"customercontext-export-5","exported_time":"2026-02-01T10:00:00Z"}"""), "--export", "--dry-run", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(0, summary.RootElement.GetProperty("signals").GetInt32());
    }

    private static IMessage Answer(IMessage request, Preferences preferences) => request switch
    {
        GetPreferencesRequest => new GetPreferencesResponse { Preferences = preferences },
        SetPreferencesRequest => new SetPreferencesResponse(),
        _ => throw new InvalidOperationException(request.Descriptor.Name),
    };
}
