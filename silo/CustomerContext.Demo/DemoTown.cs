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
    private static readonly TenantId _mastodon = new("mastodon-demo");
    private static readonly Purpose _support = new("service.support");

    /// <summary>The address of person <paramref name="number"/>, from 1.</summary>
    public static string EmailOf(int number) => $"customer{number}@example.org";

    /// <summary>What occupies person <paramref name="number"/>.</summary>
    public static DemoMatter MatterOf(int number) => DemoWords.Matters[(number - 1) % DemoWords.Matters.Length];

    /// <summary>Person <paramref name="number"/>. The first one, and those whose voice stands out, granted acme everything at any time and globex nothing; of the others it depends. Those whose voice stands out may be contacted.</summary>
    public DemoPerson Person(int number)
    {
        // A generator of their own, so that a person does not depend on how many there are.
        var random = new Random(Seed + number);
        var isOpen = number == 1 || DemoTies.IsVoice(number);
        var grants = ImmutableArray.CreateBuilder<(TenantId, GrantTerms)>();
        if (isOpen || random.NextDouble() < 0.7)
        {
            grants.Add((_acme, Terms(isOpen || random.NextDouble() < 0.5 ? GrantWhen.AnyTime : GrantWhen.DuringMyConversations)));
        }

        if (!isOpen && random.NextDouble() < 0.4)
        {
            grants.Add((_globex, Terms(GrantWhen.AnyTime)));
        }

        var preferences = new Preferences(
            SourceScope.Of([_acme, _globex, .. NetworksOf(number)], [SourceId.Customer]),
            DemoTies.Contributes(number) ? [_support] : [],
            random.NextDouble() < 0.9,
            false,
            OfAge: true,
            false)
        {
            CallMe = number % 3 == 0 ? null : Pick(LanguageOf(number).Names, random),
            ContributeReading = DemoTies.Contributes(number),
            MayBeContacted = DemoTies.IsVoice(number),
        };
        return new DemoPerson(EmailOf(number), preferences, NetworksOf(number), grants.ToImmutable(), [.. Signals(number, random), .. OnTheWeb(number, random)]);
    }

    /// <summary>Everybody speaks one language; which, does not depend on what occupies them.</summary>
    private static DemoLanguage LanguageOf(int number) =>
        DemoWords.Languages[(number - 1 + ((number - 1) / DemoWords.Languages.Length)) % DemoWords.Languages.Length];

    /// <summary>Every fourth has connected a network.</summary>
    private static ImmutableArray<TenantId> NetworksOf(int number) => number % 4 == 1 ? [_mastodon] : [];

    private static GrantTerms Terms(GrantWhen when) => new([_support], FacetSet.All, SourceScope.None, null, null, when, IncludeEarlier: true);

    private IEnumerable<(Signal, string?)> Signals(int number, Random random)
    {
        var mood = (random.NextDouble() * 2) - 1 + DemoTies.MoodOf(number);
        var conversations = random.Next(1, 8);
        for (var i = 0; i < conversations; i++)
        {
            foreach (var turn in Conversation(number, i, mood, random))
            {
                yield return turn;
            }
        }

        foreach (var turn in NetworksOf(number).SelectMany(_ => Posts(number, mood, random)))
        {
            yield return turn;
        }

        yield return (Trait(number, "x-language", LanguageOf(number).Tag), null);
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
                Topics = [TopicOf(number, random)],
            }, null);
        }
    }

    private IEnumerable<(Signal, string?)> Conversation(int number, int conversation, double mood, Random random)
    {
        // With the first one, something waits at acme.
        var isWaiting = number == 1 && conversation == 0;
        var source = isWaiting || random.NextDouble() < 0.75 ? SourceId.Of(_acme, random.Next(2) == 0 ? "crm" : "chat") : SourceId.Of(_globex, "helpdesk");
        var at = Ago(random, conversation == 0 ? 1 : Days);
        var topic = isWaiting ? MatterOf(number).Thing : TopicOf(number, random);
        var channel = Pick(DemoWords.Channels, random);
        var turns = isWaiting ? 3 : random.Next(1, 6);
        for (var turn = 0; turn < turns; turn++)
        {
            var isCustomer = turn % 2 == 0;
            var text = Saying(number, topic, mood, random);
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
                Counterparties = [new Counterparty(Role.Agent)],
                Topics = [topic],
                State = turn == 0 ? ConversationState.Opened : turn == turns - 1 && !isCustomer ? ConversationState.Answered : ConversationState.Replied,
            }, isCustomer ? text : null);
        }
    }

    /// <summary>What they said in public, and what somebody there answered.</summary>
    private IEnumerable<(Signal, string?)> Posts(int number, double mood, Random random)
    {
        for (var i = 0; i < 2; i++)
        {
            var at = Ago(random, 10);
            var topic = MatterOf(number).Thing;
            foreach (var (role, state) in ((Role, ConversationState)[])[(Role.Customer, ConversationState.Opened), (Role.Other, ConversationState.Answered)])
            {
                yield return (new ConversationSignal
                {
                    Id = $"demo-{number}-post-{i}-{role}",
                    Source = SourceId.Of(_mastodon, "posts"),
                    OccurredAt = role == Role.Customer ? at : at.AddMinutes(random.Next(1, 50)),
                    Link = $"https://social.example.org/@{number}/{i}",
                    ConversationId = $"demo-{number}-post-{i}",
                    Channel = "social",
                    Role = role,
                    Counterparties = [new Counterparty(Role.Other)],
                    Topics = [topic],
                    State = state,
                }, role == Role.Customer ? Saying(number, topic, mood, random) : null);
            }
        }
    }

    /// <summary>What they looked up at the company's pages of help: all of them how to begin with their thing.</summary>
    private IEnumerable<(Signal, string?)> OnTheWeb(int number, Random random)
    {
        for (var i = 0; i < 3; i++)
        {
            var (topic, page) = i == 0 ? (MatterOf(number).Thing, DemoWords.Pages[0]) : (TopicOf(number, random), Pick(DemoWords.Pages, random));
            yield return (new BehaviourSignal
            {
                Id = $"demo-{number}-web-{i}",
                Source = SourceId.Of(_acme, "web"),
                OccurredAt = Ago(random, 6),
                Resource = $"https://help.example.org/{topic}/{page}",
                Action = Pick(DemoWords.Doings, random),
                Topics = [topic],
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

    /// <summary>Of two sentences, the one that is closer to how the person is.</summary>
    private static string Saying(int number, string topic, double mood, Random random)
    {
        var language = LanguageOf(number);
        var all = topic == MatterOf(number).Thing ? language.OfThings : language.OfServices;
        var (one, other) = (Pick(all, random), Pick(all, random));
        return language.Say(Math.Abs(one.Score - mood) < Math.Abs(other.Score - mood) ? one.Text : other.Text, topic);
    }

    /// <summary>The thing half of the time, else a service.</summary>
    private static string TopicOf(int number, Random random) =>
        random.Next(2) == 0 ? MatterOf(number).Thing : Pick(MatterOf(number).Services, random);

    private DateTimeOffset Ago(Random random, int days) => now.AddMinutes(-random.Next(60, days * 24 * 60));

    private static T Pick<T>(ImmutableArray<T> items, Random random) => items[random.Next(items.Length)];
}
