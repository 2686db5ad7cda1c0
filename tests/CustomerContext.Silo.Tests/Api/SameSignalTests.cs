using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Tests.Api;

/// <summary>Whichever door a signal comes in by, the same becomes of it: gRPC, CloudEvents and the Segment specification, the same clock, the same context in the end.</summary>
public class SameSignalTests
{
    private const int Signals = 24;
    private const string OverGrpc = "grpc@example.org";
    private const string OverEvents = "events@example.org";
    private const string OverSegment = "segment@example.org";

    private static readonly Dictionary<string, object> _program = DevTokens.Actor("acme", "program", isPerson: false);
    private static readonly string[] _topics = ["delivery", "e-bike", "camera", "invoice", "something that nobody lists"];
    private static readonly string[] _words = ["This is really disappointing.", "Thank you, that was great!", "Where is my order?"];

    [Fact]
    public async Task Signals_ThroughEachDoor_SameContext()
    {
        await using var silo = await SiloOnFakeTime.Start();
        using var http = new HttpClient { BaseAddress = silo.Http };
        foreach (var person in (string[])[OverGrpc, OverEvents, OverSegment])
        {
            await silo.MakeCustomer(person);
        }

        var random = new Random(Trials.Seed);
        for (var i = 0; i < Signals; i++)
        {
            var one = new Happening(i, silo.Time.GetUtcNow() - TimeSpan.FromMinutes(Signals - i), random.Next(2) == 0, _topics[random.Next(_topics.Length)], _words[random.Next(_words.Length)]);
            await silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { one.Signal(OverGrpc) } }, silo.With(_program));
            await Send(http, "/events", "application/cloudevents+json", one.Event(OverEvents), silo.With(_program).Headers!.GetValue("authorization")!);
            await Send(http, one.SegmentPath, "application/json", one.Segment(OverSegment), "Basic " + Convert.ToBase64String("demo-acme-crm-secret-key:"u8));
        }

        var seen = new List<Context>();
        foreach (var person in (string[])[OverGrpc, OverEvents, OverSegment])
        {
            seen.Add((await silo.Contexts.GetContextAsync(new GetContextRequest(), silo.As(person))).Context);
        }

        Assert.NotEmpty(seen[0].TopOfMind.Topics);
        Assert.NotEmpty(seen[0].Conversations.Latest);
        Assert.True(seen[0].Sentiment.MessageCount > 1);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2]);
    }

    private static async Task Send(HttpClient http, string path, string type, string body, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("rule", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>A page that was looked at, or a turn of a chat, in the words of each door.</summary>
    private sealed record Happening(int Number, DateTimeOffset At, bool IsTurn, string Topic, string Words)
    {
        private string Id => $"s-{Number}";

        private string Conversation => $"c-{Number % 3}";

        private string Page => $"https://acme.example/{Number}";

        public string SegmentPath => IsTurn ? "/v1/track" : "/v1/page";

        public Signal Signal(string person) => IsTurn
            ? Around(person, signal => signal.Conversation = new ConversationSignal
            {
                ConversationId = Conversation,
                Channel = "chat",
                Role = ParticipantRole.Customer,
                State = ConversationState.Opened,
                Text = Words,
            })
            : Around(person, signal => signal.Behaviour = new BehaviourSignal { Resource = Page, Action = BehaviourAction.View, Topics = { Topic } });

        public string Event(string person) => JsonSerializer.Serialize(new
        {
            specversion = "1.0",
            type = IsTurn ? "org.customercontext.conversation.v1" : "org.customercontext.behaviour.v1",
            source = "acme/crm",
            id = $"{Id} of {person}",
            time = At,
            subject = $"mailto:{person}",
            data = IsTurn
                ? new { conversationId = Conversation, channel = "chat", role = "PARTICIPANT_ROLE_CUSTOMER", state = "CONVERSATION_STATE_OPENED", text = Words }
                : (object)new { resource = Page, action = "BEHAVIOUR_ACTION_VIEW", topics = new[] { Topic } },
        });

        public string Segment(string person) => JsonSerializer.Serialize(new
        {
            messageId = $"{Id} of {person}",
            userId = person,
            timestamp = At,
            @event = IsTurn ? "Live Chat Conversation Started" : null,
            properties = IsTurn
                ? new { conversation_id = Conversation, message_body = Words }
                : (object)new { url = $"{Page}?session=5#top", category = Topic },
        });

        private Signal Around(string person, Action<Signal> fill)
        {
            var signal = new Signal
            {
                Id = $"{Id} of {person}",
                Source = "crm",
                Subject = new SubjectIdentifier { Email = person },
                OccurredTime = At.ToTimestamp(),
            };
            fill(signal);
            return signal;
        }
    }
}
