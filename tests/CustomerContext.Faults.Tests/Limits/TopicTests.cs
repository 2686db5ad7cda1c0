using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>Which topics come of what was sent, seen from outside.</summary>
public sealed class TopicTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    [Fact]
    public async Task Publish_WordsGivenTopicsAndBehaviour_AreOnTopOfTheMind()
    {
        const string email = "topics@example.org";
        var words = Turn(email, "words", "Mein Paket ist noch nicht da! #refund", "late_delivery", "my secret affair");
        var search = Requests.Turn(email, "none", 1);
        search.Id = "search";
        search.Behaviour = new BehaviourSignal { Resource = "/help/router", Action = BehaviourAction.Search, Topics = { "router" } };

        var mind = (await Seen(email, words, search, search)).TopOfMind;

        Assert.Equal(["delivery", "late-delivery", "refund", "router"], mind.Topics.Select(topic => topic.Name).Order());
        Assert.Equal("router", mind.Topics[^1].Name);
        Assert.InRange(mind.Topics[^1].Weight, 0.19, 0.21);
        Assert.False(mind.Topics[^1].HasSentimentScore);
    }

    [Fact]
    public async Task Publish_WhatIsNeverKept_LeavesThatThereWasATurnAndNothingElse()
    {
        const string email = "denied@example.org";
        var words = Turn(email, "words", "I am so angry, my diagnosis of cancer is none of your business!", "delivery");
        words.Link = "https://desk.example.org/1";
        var given = Requests.Turn(email, "given", 2, score: -1);
        given.Conversation.Topics.Add("depression");
        given.Link = "https://desk.example.org/2";
        var behaviour = Requests.Turn(email, "none", 3);
        behaviour.Behaviour = new BehaviourSignal { Resource = "/help/pregnancy", Action = BehaviourAction.View, Topics = { "delivery" } };

        var context = await Seen(email, words, given, behaviour);

        Assert.Equal(2, context.Conversations.Latest.Count);
        Assert.All(context.Conversations.Latest, conversation =>
        {
            Assert.Equal(("", 0, false), (conversation.Link, conversation.Topics.Count, conversation.HasSentimentScore));
            Assert.NotNull(conversation.WaitingSinceTime);
        });
        Assert.Empty(context.TopOfMind.Topics);
        Assert.Equal((0, SentimentWord.NotKnown), (context.Sentiment.MessageCount, context.Sentiment.Word));
    }

    private static Signal Turn(string email, string conversation, string text, params string[] topics)
    {
        var signal = Requests.Turn(email, conversation, 0);
        signal.Conversation.Text = text;
        signal.Conversation.Topics.Clear();
        signal.Conversation.Topics.Add(topics);
        return signal;
    }

    private async Task<Context> Seen(string email, params Signal[] signals)
    {
        await running.Client.MakeCustomer(email, "acme");
        var answer = await running.Client.Signals.PublishSignalsAsync(Requests.Publish(signals), running.Client.AsAgent());
        Assert.DoesNotContain(answer.Results, result => result.Outcome == SignalOutcome.Refused);
        return (await running.Client.Contexts.GetContextAsync(Requests.Lookup(email), running.Client.AsAgent())).Context;
    }
}
