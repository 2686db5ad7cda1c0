using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Demo;

/// <summary>Makes up the people of the demo town: always the same ones, with times that end now.</summary>
internal sealed class DemoTown(DateTimeOffset now)
{
    private const int Seed = 20_251;
    private const int Days = 40;

    private static readonly TenantId _acme = new("acme");
    private static readonly TenantId _globex = new("globex");
    private static readonly Purpose _support = new("service.support");

    /// <summary>The address of person <paramref name="number"/>, from 1.</summary>
    public static string EmailOf(int number) => $"customer{number}@example.org";

    /// <summary>Person <paramref name="number"/>. The first one granted acme everything at any time and globex nothing; of the others it depends.</summary>
    public DemoPerson Person(int number)
    {
        // A generator of their own, so that a person does not depend on how many there are.
        var random = new Random(Seed + number);
        var isFirst = number == 1;
        var grants = ImmutableArray.CreateBuilder<(TenantId, GrantTerms)>();
        if (isFirst || random.NextDouble() < 0.7)
        {
            grants.Add((_acme, Terms(isFirst || random.NextDouble() < 0.5 ? GrantWhen.AnyTime : GrantWhen.DuringMyConversations)));
        }

        if (!isFirst && random.NextDouble() < 0.4)
        {
            grants.Add((_globex, Terms(GrantWhen.AnyTime)));
        }

        var preferences = new Preferences(
            SourceScope.Of([_acme, _globex], [SourceId.Customer]),
            DemoTies.Contributes(number) ? [_support] : [],
            random.NextDouble() < 0.9,
            false,
            OfAge: true,
            false)
        {
            CallMe = number % 3 == 0 ? null : DemoWords.Names[(number - 1) % DemoWords.Names.Length],
        };
        return new DemoPerson(EmailOf(number), preferences, grants.ToImmutable(), [.. Signals(number, random), .. OnTheWeb(number, random)]);
    }

    private static GrantTerms Terms(GrantWhen when) => new([_support], FacetSet.All, SourceScope.None, null, null, when, IncludeEarlier: true);

    private IEnumerable<(Signal, string?)> Signals(int number, Random random)
    {
        var mood = (random.NextDouble() * 2) - 1;
        var conversations = random.Next(1, 8);
        for (var i = 0; i < conversations; i++)
        {
            foreach (var turn in Conversation(number, i, mood, random))
            {
                yield return turn;
            }
        }

        yield return (Trait(number, "support_tier", random.Next(3) switch { 0 => "gold", 1 => "silver", _ => "basic" }), null);
        yield return (Trait(number, "contact_preference", random.Next(2) == 0 ? "email" : "phone"), null);
        if (number == 1 || random.NextDouble() < 0.5)
        {
            yield return (Trait(number, "wanted_outcome", MatterOf(number).Outcome), null);
            yield return (Trait(number, "please_do_not", "call_before_noon"), null);
        }

        if (random.NextDouble() < 0.4)
        {
            yield return (new SurveySignal
            {
                Id = $"demo-{number}-csat",
                Source = SourceId.Of(_acme, "survey"),
                OccurredAt = Ago(random, Days),
                Question = "csat",
                Answer = random.Next(1, 6),
                ScaleMinimum = 1,
                ScaleMaximum = 5,
                Topics = [Pick(MatterOf(number).Topics, random)],
            }, null);
        }
    }

    private IEnumerable<(Signal, string?)> Conversation(int number, int conversation, double mood, Random random)
    {
        var source = random.NextDouble() < 0.75 ? SourceId.Of(_acme, random.Next(2) == 0 ? "crm" : "chat") : SourceId.Of(_globex, "helpdesk");
        var at = Ago(random, conversation == 0 ? 1 : Days);
        var topic = Pick(MatterOf(number).Topics, random);
        var channel = Pick(DemoWords.Channels, random);
        var turns = random.Next(1, 6);
        for (var turn = 0; turn < turns; turn++)
        {
            var isCustomer = turn % 2 == 0;
            var text = Saying(mood, random);
            at = at.AddMinutes(random.Next(1, 20)) is var next && next < now ? next : now;
            yield return (new ConversationSignal
            {
                Id = $"demo-{number}-{conversation}-{turn}",
                Source = source,
                OccurredAt = at,
                Link = $"https://desk.example.org/{number}/{conversation}",
                ConversationId = $"demo-{number}-{conversation}",
                Channel = channel,
                Role = isCustomer ? Role.Customer : Role.Agent,
                Counterparties = [new Counterparty(isCustomer ? Role.Agent : Role.Customer)],
                Topics = [topic],
                State = turn == 0 ? ConversationState.Opened : turn == turns - 1 && !isCustomer ? ConversationState.Answered : ConversationState.Replied,
            }, isCustomer ? text : null);
        }
    }

    /// <summary>What they looked up at the company's pages of help, and thanks that some got for an answer there.</summary>
    private IEnumerable<(Signal, string?)> OnTheWeb(int number, Random random)
    {
        for (var i = 0; i < 3; i++)
        {
            var topic = Pick(MatterOf(number).Topics, random);
            yield return (new BehaviourSignal
            {
                Id = $"demo-{number}-web-{i}",
                Source = SourceId.Of(_acme, "web"),
                OccurredAt = Ago(random, 6),
                Resource = $"https://help.example.org/{topic}",
                Action = Pick(DemoWords.Doings, random),
                Topics = [topic],
            }, null);
        }

        if (number == 1 || number % 4 == 0)
        {
            yield return (new ReputationSignal
            {
                Id = $"demo-{number}-thanks",
                Source = SourceId.Of(_acme, "web"),
                OccurredAt = Ago(random, 20),
                Kind = ReputationKind.AcceptedAnswer,
                Topic = MatterOf(number).Topics[0],
            }, null);
        }
    }

    private TraitSignal Trait(int number, string name, string value) => new()
    {
        Id = $"demo-{number}-{name}",
        Source = SourceId.Of(_acme, "crm"),
        OccurredAt = now.AddDays(-Days),
        Name = name,
        Value = value,
    };

    private static string Saying(double mood, Random random)
    {
        // Of two, the one that is closer to how the person is.
        var one = Pick(DemoWords.Sayings, random);
        var other = Pick(DemoWords.Sayings, random);
        return Math.Abs(one.Score - mood) < Math.Abs(other.Score - mood) ? one.Text : other.Text;
    }

    private static (ImmutableArray<string> Topics, string Outcome) MatterOf(int number) => DemoWords.Matters[(number - 1) % DemoWords.Matters.Length];

    private DateTimeOffset Ago(Random random, int days) => now.AddMinutes(-random.Next(60, days * 24 * 60));

    private static T Pick<T>(ImmutableArray<T> items, Random random) => items[random.Next(items.Length)];
}
