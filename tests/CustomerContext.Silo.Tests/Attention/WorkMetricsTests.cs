using System.Globalization;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.V1;
using static CustomerContext.Silo.Tests.Attention.Waiting;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>What the operator is told of queues: how long they are and how old, of nobody in particular.</summary>
public sealed class WorkMetricsTests
{
    private const string Email = "asks@personal.example.org";

    [Fact]
    public async Task Metrics_OfAQuestionThatBecomesEscalated_FollowTheTimeAndTheAnswer()
    {
        await using var silo = await SiloOnFakeTime.Start();
        using var http = new HttpClient();
        var asked = silo.Time.GetUtcNow().AddHours(-23);
        await Make(silo, Email, Facet.Attention);
        await Publish(silo, Email, Tier(silo, "gold"), Turn("q", asked, ParticipantRole.Customer, ConversationState.Opened));
        Assert.Equal((1, 0, 23), await Figures());

        silo.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 1, 24), await Figures());

        await Publish(silo, Email, Turn("q", silo.Time.GetUtcNow(), ParticipantRole.Agent, ConversationState.Answered));
        Assert.Equal((0, 0, 0), await Figures());

        async Task<(double First, double Escalated, double OldestHours)> Figures()
        {
            var text = await http.GetStringAsync(new Uri(silo.Http, "/metrics"));
            Assert.DoesNotContain("personal.example.org", text, StringComparison.Ordinal);
            return (Value(text, "work_open", "queue=\"first\""), Value(text, "work_open", "queue=\"escalated\""), Value(text, "work_oldest_seconds", "") / 3600);
        }
    }

    private static double Value(string text, string name, string label)
    {
        var line = Assert.Single(text.Split('\n'), line => line.StartsWith($"customercontext_{name}{{", StringComparison.Ordinal)
            && line.Contains("tenant=\"acme\"", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }
}
