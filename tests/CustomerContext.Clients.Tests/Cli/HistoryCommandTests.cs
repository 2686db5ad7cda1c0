using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Clients.Tests.Cli;

/// <summary>What reads and shows much at once: how moods went, and what is configured.</summary>
public sealed class HistoryCommandTests
{
    [Fact]
    public async Task History_OfACustomer_DaysFriendsAndTribesOldestFirst()
    {
        var day = Answers.Now.AddDays(-2).ToTimestamp();
        var answer = new GetHistoryResponse
        {
            SentimentDays = { new SentimentDay { DayTime = day, Score = -0.5, MessageCount = 3 }, new SentimentDay { DayTime = day } },
            Friends = { new NetworkMood { Word = MoodWord.Low, ReleaseTime = day }, new NetworkMood { Word = MoodWord.Good, ReleaseTime = Answers.Now.ToTimestamp() } },
            Tribes =
            {
                new TribeHistory
                {
                    Tribe = new Tribe { DisplayName = "E-bikers" },
                    Releases = { new TribeRelease { ReleaseTime = day, ShownScore = 0.3, HeardCount = 1200 } },
                },
            },
            Withheld = { new Withheld { Facet = Facet.Sentiment } },
        };

        var (request, output) = await Send<GetHistoryRequest>(
            answer, "history", "--email", "a@b.example", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1", "--purpose", "service.support", "--from", "2026-01-31");

        Assert.Equal(("a@b.example", "service.support", "call-1"), (request.Subject.Email, request.Purpose, request.InteractionId));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero).ToTimestamp(), request.FromTime);
        Assert.All(["their own days", "-0.5", "3 messages", "friends", "E-bikers", "heard 1,200", "withheld", "sentiment"], text => Assert.Contains(text, output));
        Assert.True(output.IndexOf("low", StringComparison.Ordinal) < output.IndexOf("good", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Catalog_InALanguage_EverySectionAndNoToken()
    {
        var answer = new GetCatalogResponse
        {
            Companies = { new Company { Tenant = "acme", DisplayName = "Acme AG", Purposes = { "service.support" } } },
            Purposes = { new PurposeEntry { Purpose = "service.support", Text = "Helfen" } },
            Presets = { new PresetEntry { Preset = "this-call", Text = "In diesem Gespräch" } },
            Facets = { new FacetEntry { Facet = Facet.TopOfMind, Title = "Was sie beschäftigt", Text = "Themen" } },
            Traits = { new TraitEntry { Name = "open_case", Text = "Ein offener Fall" } },
            Tribes = { new Tribe { TribeId = "e-bikers", DisplayName = "E-Biker" } },
        };

        var (request, output) = await Send<GetCatalogRequest>(answer, "catalog", "--language", "de");

        Assert.Equal("de", request.Language);
        Assert.All(["Companies", "Acme AG (service.support)", "Helfen", "this-call", "top-of-mind", "Ein offener Fall", "E-Biker"], text => Assert.Contains(text, output));
    }

    private static async Task<(TRequest Request, string Output)> Send<TRequest>(Google.Protobuf.IMessage answer, params string[] arguments)
        where TRequest : Google.Protobuf.IMessage
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => answer;
        using var ctx = new CtxRun(server);
        Assert.Equal(0, await ctx.RunAsync(arguments));
        return (server.Script.Received<TRequest>().Single(), ctx.Output);
    }
}
