using System.Diagnostics;
using System.Globalization;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.V1;
using static CustomerContext.Silo.Tests.Attention.Waiting;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>What the operator is told of queues: how long they are and how old, of nobody in particular.</summary>
public sealed class WorkMetricsTests
{
    private const string Email = "asks@personal.example.org";

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Metrics_OfAQuestionThatBecomesEscalated_FollowTheTimeAndTheAnswer()
    {
        await using var silo = await SiloOnFakeTime.Start();
        using var http = new HttpClient();
        var asked = silo.Time.GetUtcNow().AddHours(-23);
        await Make(silo, Email, Facet.Attention);
        await Publish(silo, Email, Tier(silo, "gold"), Turn("q", asked, ParticipantRole.Customer, ConversationState.Opened));
        await Shows((1, 0, 23));

        silo.Time.Advance(TimeSpan.FromHours(1));
        await Shows((0, 1, 24));

        await Publish(silo, Email, Turn("q", silo.Time.GetUtcNow(), ParticipantRole.Agent, ConversationState.Answered));
        await Shows((0, 0, 0));

        // What was read a moment ago is shown again for 300 ms by a clock that no test moves.
        async Task Shows((double First, double Escalated, double OldestHours) expected)
        {
            var begun = Stopwatch.GetTimestamp();
            var figures = await Figures();
            while (figures != expected && Stopwatch.GetElapsedTime(begun) < _longest)
            {
                // An hour at once outlasts a part of a queue in memory; the next minute's reminder brings it back.
                silo.Time.Advance(figures.First + figures.Escalated == 0 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
                figures = await Figures();
            }

            Assert.Equal(expected, figures);
        }

        async Task<(double First, double Escalated, double OldestHours)> Figures()
        {
            var text = await http.GetStringAsync(new Uri(silo.Http, "/metrics"));
            Assert.DoesNotContain("personal.example.org", text, StringComparison.Ordinal);
            return (Value(text, "work_open", "queue=\"first\""), Value(text, "work_open", "queue=\"escalated\""), Math.Floor(Value(text, "work_oldest_seconds", "") / 3600));
        }
    }

    /// <summary>0 also where no part of the queue is in memory, of which nothing is said then.</summary>
    private static double Value(string text, string name, string label) =>
        text.Split('\n').SingleOrDefault(line => line.StartsWith($"customercontext_{name}{{", StringComparison.Ordinal)
            && line.Contains("tenant=\"acme\"", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)) is { } line
            ? double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture)
            : 0;
}
