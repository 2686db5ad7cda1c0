using System.Diagnostics;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Xunit.Abstractions;

namespace CustomerContext.Domain.Tests.Customers;

public sealed class BudgetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 200L * 86_400)]
    [InlineData(2, 2L * 86_400)]
    public void Apply_LongestStringsFromEightSources_StaysWithinBudget(int seed, long seconds)
    {
        var random = new Random(seed);
        var count = int.Parse(Environment.GetEnvironmentVariable("CC_BUDGET_SIGNALS") ?? "4000");
        var state = CustomerState.Empty;
        var (largest, refused) = (0, 0);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var at = Given.Noon.AddSeconds(-seconds).AddSeconds(seconds * (double)i / count);
            var outcome = state.Apply(Signal(random, i, at));
            refused += outcome.IsOk ? 0 : 1;
            state = outcome.IsOk ? outcome.Value.State : state;
            largest = Math.Max(largest, StateSize.Estimate(state));
            Assert.InRange(StateSize.OfWindow(state.Window.Entries), 0, Limits.Customers.WindowBytes);
            Assert.InRange(StateSize.OfWindow(state.Behaviours.Entries), 0, Limits.Customers.BehaviourWindowBytes);
        }

        output.WriteLine($"{count} signals, {clock.Elapsed.TotalMicroseconds / count:0} us each, largest context {largest} bytes, {refused} refused");
        Assert.InRange(largest, Limits.Customers.ContextBytes / 2, Limits.Customers.ContextBytes);
        Assert.Equal(Limits.Customers.Sources, state.Sources.Length);
        Assert.Equal(Limits.Customers.WindowSignals, state.Window.Entries.Length);
        Assert.NotEmpty(state.Sources.SelectMany(source => source.Conversations));
    }

    private static ScoredSignal Signal(Random random, int i, DateTimeOffset at)
    {
        var source = new SourceId(new string((char)('a' + random.Next(8)), 40) + "/" + new string('s', 40));
        var id = $"{i}".PadLeft(Limits.Signals.IdCharacters, 'i');
        return random.Next(20) switch
        {
            0 => Given.Survey(id, at, 1 + (4 * random.NextDouble()), source, Topic(random)),
            1 => Given.Trait(id, at, $"x-{random.Next(20)}".PadRight(Limits.Signals.CodedNameCharacters, 'n'), new string('語', Limits.Signals.TraitValueCharacters), source),
            2 => Given.Correction(id, at, source, score: random.NextDouble()),
            3 => Given.Correction(id, at, source, topic: new TopicCorrection(Topic(random))),
            4 or 5 => Given.Behaviour(id, at, BehaviourAction.View, source, Topic(random)),
            _ => InCompany(Given.Turn(
                id,
                at,
                random.Next(-1_000, 1_001),
                random.Next(200, 1_001),
                $"{random.Next(30)}".PadLeft(Limits.Signals.ConversationIdCharacters, '語'),
                (Role)random.Next(1, 4),
                (ConversationState)random.Next(1, 6),
                source,
                "https://example.org/".PadRight(Limits.Signals.LinkBytes, 'l'),
                Topic(random),
                Topic(random))),
        };
    }

    /// <summary>The same turn, with as many customers as a signal may name.</summary>
    private static ScoredSignal InCompany(ScoredSignal turn) => turn with
    {
        Signal = (ConversationSignal)turn.Signal with { Counterparties = [.. Enumerable.Repeat(new Counterparty(Role.Customer, Given.Customer), Limits.Signals.Counterparties)] },
    };

    private static string Topic(Random random) => $"{random.Next(500)}".PadLeft(Limits.Signals.TopicCharacters, '語');
}
