using System.Diagnostics;
using CustomerContext.Faults.Tests.Access;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Joins;

/// <summary>
/// What a company can find out by asking people who never answer: nothing. CC_ASK_TIMINGS requests about each kind of person, in a random order, compared by content, size and, two by two, by time.
/// </summary>
public sealed class AskSilenceTests(SqliteJoinSilo running, ITestOutputHelper output) : IClassFixture<SqliteJoinSilo>
{
    // All as long as each other: what the caller sent may have its own size.
    private const string Unknown = "aaaa@example.org";
    private const string Known = "bbbb@example.org";
    private const string Unasked = "cccc@example.org";
    private const string Joined = "dddd@example.org";
    private const int WarmUp = 8;

    // Six comparisons in each run of the suite: one in fifty thousand runs is wrong.
    private const double Alpha = 3e-6;

    private static readonly int _samples = Trials.Count("CC_ASK_TIMINGS", 40);

    [Fact]
    public async Task RequestConsent_UnknownKnownUnaskedOrJoined_OneContentSizeAndDistributionOfTimes()
    {
        await running.Client.MakeCustomer(Known);
        await running.Client.MakeCustomer(Unasked, "acme");
        await running.Client.Consents.SetPreferencesAsync(
            new SetPreferencesRequest
            {
                RequestId = Requests.NewId(),
                Preferences = new Preferences { OfAge = true, LeaveMeAlone = true },
                UpdateMask = Requests.AllPreferences,
            },
            running.Client.AsCustomer(Unasked));
        var join = await running.Client.AskFor(Joined, "silence-join");
        var link = await running.Messages.Next(Joined);
        await running.Client.Accept(JoinCalls.Yes(link.Code, join.SpokenDigits, link.Proof));

        string[] people = [Unknown, Known, Unasked, Joined];
        var took = people.ToDictionary(person => person, _ => new List<double>());
        var shapes = people.ToDictionary(person => person, _ => new HashSet<(RequestConsentOutcome, int, ConsentRequestState, int)>());
        var order = Enumerable.Range(0, people.Length * (_samples + WarmUp)).Select(i => people[i % people.Length]).ToArray();
        new Random(Trials.Seed).Shuffle(order.AsSpan(people.Length * WarmUp));
        foreach (var (i, person) in order.Index())
        {
            var started = Stopwatch.GetTimestamp();
            var asked = await running.Client.AskFor(person, $"silence-{i}");
            took[person].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            var status = await running.Client.StatusOf(asked.ConsentRequestId);
            shapes[person].Add((asked.Outcome, SizeOf(asked), status.State, status.CalculateSize() - status.ExpiresTime.CalculateSize()));
        }

        Assert.All(people, person => Assert.Equal(shapes[Unknown], shapes[person]));
        Assert.Single(shapes[Unknown]);
        for (var i = 0; i < people.Length; i++)
        {
            for (var j = i + 1; j < people.Length; j++)
            {
                Compare(people[i], took[people[i]], people[j], took[people[j]]);
            }
        }
    }

    private void Compare(string one, List<double> ofOne, string other, List<double> ofOther)
    {
        var distance = TwoSamples.Distance(ofOne[WarmUp..], ofOther[WarmUp..]);
        var critical = TwoSamples.Critical(_samples, _samples, Alpha);
        output.WriteLine($"{one} and {other}: distance {distance:0.000} of {critical:0.000}");
        Assert.True(distance < critical, $"{one} and {other} are {distance:0.000} apart, more than {critical:0.000}.");
    }

    /// <summary>Without the time of day, whose fraction has as many bytes as it needs.</summary>
    private static int SizeOf(RequestConsentResponse asked)
    {
        var rest = asked.Clone();
        rest.ExpiresTime = null;
        return rest.CalculateSize();
    }
}
