using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Testing;
using CustomerContext.Testing.Attention;
using static CustomerContext.Domain.Tests.Attention.Given;
using Base = CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Attention;

/// <summary>Generated conversations on a moved clock, beside a model that shares no code with the machine. A silo that crashes meanwhile is compared with it in CustomerContext.Silo.Tests.</summary>
public sealed class AttentionProperties
{
    [Fact]
    public void Of_AnyConversation_DueOverdueAndEscalatedAtEveryHourAsTheModelSays()
    {
        var random = new Random(Trials.Seed);
        var seen = new HashSet<string>();
        var count = Trials.Count("CC_CONVERSATIONS", 300);
        for (var number = 0; number < count; number++)
        {
            var conversation = GeneratedConversation.Make(random, Base.Crm, "c1", Monday);
            var (state, told) = (CustomerState.Empty, -1);
            for (var hour = 0; hour <= GeneratedConversation.Hours; hour++)
            {
                var now = Monday.AddHours(hour);
                var turns = conversation.Turns.Where(turn => turn.OccurredAt <= now).ToArray();
                if (turns.Length != told)
                {
                    var signals = turns.Select(turn => new ScoredSignal(turn, null)).Append(conversation.Tier is { } tier ? Tier(tier) : null).OfType<ScoredSignal>().ToArray();
                    random.Shuffle(signals);
                    (state, told) = (Base.State(signals), turns.Length);
                }

                var (expected, actual) = (conversation.WaitingAt(now).Select(item => item.Text).Order().ToArray(), state.Waiting(now, GeneratedConversation.Times).Order());
                Assert.True(expected.SequenceEqual(actual), $"conversation {number}, tier {conversation.Tier}, hour {hour}: {string.Join(", ", actual)}, not {string.Join(", ", expected)}");
                seen.UnionWith(expected);
            }
        }

        // The generator reaches whatever the machine can say of two tiers with times and two without.
        Assert.Equal(9, seen.Count);
    }
}
