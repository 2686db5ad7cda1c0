using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Benchmarks.Town;

/// <summary>What the customers of a benchmark said: a week that makes a context of about 1.5 KB.</summary>
internal static class Signals
{
    private const int Days = 7;

    private static readonly string[] _topics = ["billing", "delivery", "refund", "router", "contract", "app", "roaming", "speed"];

    private static readonly (string Name, string Value)[] _traits =
    [
        ("wanted_outcome", "refund"), ("please_do_not", "call_at_work"), ("support_tier", "gold"), ("contact_preference", "chat"), ("like", "self_service"),
    ];

    /// <summary>The past of customer number <paramref name="customer"/>.</summary>
    public static IEnumerable<Signal> Past(int customer, DateTimeOffset now)
    {
        for (var day = 0; day < Days; day++)
        {
            yield return Message(customer, $"day-{day}", now.AddDays(-day).AddMinutes(-customer % 600), (customer + day) % 5);
        }

        foreach (var (name, value) in _traits)
        {
            yield return With(customer, name, now.AddDays(-1), new Signal { Trait = new TraitSignal { Name = name, Value = value } });
        }
    }

    /// <summary>One message in one of a customer's conversations.</summary>
    public static Signal Message(int customer, string id, DateTimeOffset at, int conversation) => With(customer, id, at, new Signal
    {
        Link = $"https://desk.example.org/c/{customer}/{conversation}",
        Conversation = new ConversationSignal
        {
            ConversationId = $"{customer}-{conversation}",
            Channel = "chat",
            Role = ParticipantRole.Customer,
            Counterparties = { new Counterparty { Role = ParticipantRole.Agent } },
            Topics = { _topics[(customer + conversation) % _topics.Length], _topics[(customer + (3 * conversation) + 1) % _topics.Length] },
            Score = (((customer * 7) + (conversation * 3)) % 17 / 8.0) - 1,
            Confidence = 0.9,
            State = ConversationState.Opened,
        },
    });

    private static Signal With(int customer, string id, DateTimeOffset at, Signal signal)
    {
        signal.Id = $"{customer}-{id}";
        signal.Subject = new SubjectIdentifier { Email = Customers.Email(customer) };
        signal.OccurredTime = at.ToTimestamp();
        return signal;
    }
}
