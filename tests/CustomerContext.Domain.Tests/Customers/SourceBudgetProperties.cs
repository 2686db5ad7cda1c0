using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Briefs.Given;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>Each source has budgets of its own: whatever another company sends, and however much, this company sees the same, reasons and brief included.</summary>
public sealed class SourceBudgetProperties
{
    private static readonly SourceId _globex = new("globex/forum");

    private static readonly Gen<(int Seed, int Flood)> _cases = from seed in Gen.Choose(0, 1_000_000) from flood in Gen.Choose(1, 200) select (seed, flood);

    [Fact]
    public void Seen_AnotherCompanySendsMuch_ChangesNothingOfThisOnes() => Prop.ForAll(Arb.From(_cases), run =>
    {
        var random = new Random(run.Seed);
        var own = Histories.Of(run.Seed).Where(signal => signal.Signal.Source != _globex).ToList();
        var mixed = own.Concat(Enumerable.Range(0, run.Flood).Select(i => Flood(random, i))).OrderBy(_ => random.Next());

        Assert.Equal(Said(Taken(own)), Said(Taken(mixed)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Seen_AnotherCompanyUsesUpItsBudgets_EverythingIsStillThere()
    {
        var random = new Random(1);
        var state = Taken(Enumerable.Range(0, 300).Select(i => Flood(random, i)))
            .With(Given.Turn("own", Given.Noon.AddDays(-9), -500, conversation: "own", topics: "router"), Given.Trait("t", Given.Noon.AddDays(-9), "wanted_outcome", "refund"));

        var shown = Shown(state, view: _acmes).Parts[0].Snapshot;
        Assert.Equal(("own", "router", "refund"), (shown.Conversations.Single().Id, shown.TopOfMind.Topics.Single().Topic, shown.Situation.WantedOutcome?.Value));
        Assert.Equal(0, shown.TopOfMind.WeightError);
    }

    private static readonly ContextView _acmes =
        ContextView.Of([new SourceWindow(SourceScope.Of([new TenantId("acme")], [SourceId.Customer]), DateTimeOffset.MinValue)]);

    private static CustomerState Taken(IEnumerable<ScoredSignal> signals) =>
        signals.Aggregate(CustomerState.Empty, (state, signal) => state.Apply(signal).Value?.State ?? state);

    private static string Said(CustomerState state)
    {
        var shown = Shown(state, view: _acmes);
        return Given.Text(shown.Parts[0].Snapshot) + Given.Text(shown.Absent) + Given.Text(Brief(shown)) + Headline(shown);
    }

    /// <summary>More conversations, topics, traits and corrections than any budget has room for.</summary>
    private static ScoredSignal Flood(Random random, int i)
    {
        var at = Given.Noon.AddMinutes(-random.Next(1, 2_000));
        return (i % 4) switch
        {
            0 => Given.Trait($"f{i}", at, $"x-{i}", "v", _globex),
            1 => Given.Correction($"f{i}", at, _globex, topic: new TopicCorrection($"c{i}", 0.5)),
            _ => Given.Turn($"f{i}", at, random.Next(-1_000, 1_001), conversation: $"f{i}", state: ConversationState.Opened, source: _globex, link: $"https://example.org/{i}", topics: $"f{i}"),
        };
    }
}
