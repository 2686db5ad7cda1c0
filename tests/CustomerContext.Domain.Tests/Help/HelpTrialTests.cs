using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Testing;
using Xunit.Abstractions;

namespace CustomerContext.Domain.Tests.Help;

/// <summary>
/// How often one of the first three pages is the one that will help, for people whom nobody knew before: simulated communities, each with a matter of its own and pages of which a few help most.
/// Beside it what helped most people, and three pages by chance.
/// </summary>
public sealed class HelpTrialTests(ITestOutputHelper output)
{
    private const int Readers = 1_500;
    private const int HeldOut = 2_000;
    private const int PagesOfTopic = 5;
    private const int Shown = 3;

    private static readonly string[] _topics = ["router", "e-bike", "camera", "invoice", "delivery", "app"];

    [Fact]
    public void HitRate_OfHeldOutPeople_AbovePopularityAndChance()
    {
        var random = new Random(Trials.Seed);
        var readers = Enumerable.Range(0, Readers).Select(i => Reads(Matter(random), random, i));
        var release = Given.Release(GroupRules.Apply(GroupMembers.Empty, readers, [], Given.Noon, int.MaxValue).Members, 5)!;
        var all = _topics.SelectMany(topic => Enumerable.Range(0, PagesOfTopic).Select(page => Address(topic, page))).ToArray();
        var (help, popular, chance) = (0, 0, 0);
        for (var i = 0; i < HeldOut; i++)
        {
            var matter = Matter(random);
            var truth = Address(Asked(matter, random), Page(random));
            help += Hits(HelpRules.Of([release], Mind(matter)), truth);
            popular += Hits(HelpRules.Of([release], null), truth);
            chance += all.OrderBy(_ => random.Next()).Take(Shown).Contains(truth) ? 1 : 0;
        }

        output.WriteLine($"hit rate at {Shown} of {HeldOut}: by topic {Rate(help)}, by popularity {Rate(popular)}, by chance {Rate(chance)}");
        Assert.True(Low(help) > High(popular) && Low(popular) > High(chance), $"{Rate(help)}, {Rate(popular)}, {Rate(chance)}");
    }

    /// <summary>What somebody is occupied with, and beside it something else.</summary>
    private static (string First, string Second) Matter(Random random)
    {
        var first = random.Next(_topics.Length);
        return (_topics[first], _topics[(first + random.Next(1, _topics.Length)) % _topics.Length]);
    }

    private static string Asked((string First, string Second) matter, Random random) => random.Next(5) > 0 ? matter.First : matter.Second;

    /// <summary>The first page of a topic helps twice as often as the second, and so on.</summary>
    private static int Page(Random random)
    {
        var weights = Enumerable.Range(1, PagesOfTopic).Select(page => 1.0 / page).ToArray();
        var left = random.NextDouble() * weights.Sum();
        return Array.FindIndex(weights, weight => (left -= weight) <= 0);
    }

    private static Contribution Reads((string First, string Second) matter, Random random, int number) => Given.Reader(
        number,
        [.. Enumerable.Range(0, Limits.Help.OfOneReader).Select(_ => Asked(matter, random)).Select(topic => new HelpedWith(topic, Address(topic, Page(random))).Key).Distinct()]);

    private static TopOfMindContent Mind((string First, string Second) matter)
    {
        string[] said = [matter.First, matter.First, matter.First, matter.Second];
        var turns = said.Select((topic, i) => Customers.Given.Turn($"{i}", Given.Noon.AddMinutes(i), topics: topic));
        return SnapshotRules.Snapshot(Given.State(turns), Customers.Given.All, Given.Noon.AddHours(1)).TopOfMind;
    }

    private static int Hits(HelpContent help, string truth) => help.Pages.Take(Shown).Any(page => page.Page.With.Address == truth) ? 1 : 0;

    private static string Address(string topic, int page) => $"https://help.example.org/{topic}/{page}";

    private static string Rate(int hits) => FormattableString.Invariant($"{hits / (double)HeldOut:p1} ({Low(hits):p1} to {High(hits):p1})");

    private static double Low(int hits) => (hits / (double)HeldOut) - (1.96 * Error(hits));

    private static double High(int hits) => (hits / (double)HeldOut) + (1.96 * Error(hits));

    private static double Error(int hits) => Math.Sqrt(hits / (double)HeldOut * (1 - (hits / (double)HeldOut)) / HeldOut);
}
