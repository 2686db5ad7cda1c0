using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>A score is SENTIMENT wherever it stands: it leaves neither for a purpose without SENTIMENT nor where SENTIMENT is not granted or not asked for.</summary>
public sealed class ScoreTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private static readonly string[] _feelings = ["sentiment", "sentiment_score", "sentiment_confidence", "likes", "dislikes"];

    [Fact]
    public async Task Looks_WithSentiment_ScoresAreInTopicsAndConversations()
    {
        var email = await MakeFelt(Facet.Sentiment, Facet.TopOfMind, Facet.Conversations);

        Assert.Equal(_feelings.Except(["dislikes"]).Order(), FeelingsIn(await Look(email, "service.support")).Order());
    }

    [Theory]
    [InlineData("service.support")]
    [InlineData("sales.advice")]
    public async Task Looks_WithoutSentiment_NoneLeaves(string purpose)
    {
        var email = await MakeFelt(Facet.TopOfMind, Facet.Conversations);

        Assert.Empty(FeelingsIn(await Look(email, purpose)));
        Assert.Empty(FeelingsIn(await FirstFrame(email, purpose)));
    }

    [Fact]
    public async Task Looks_SentimentGrantedAndNotAskedFor_NoneLeaves()
    {
        var email = await MakeFelt(Facet.Sentiment, Facet.TopOfMind, Facet.Conversations);

        Assert.Empty(FeelingsIn(await Look(email, "service.support", Facet.TopOfMind, Facet.Conversations)));
        Assert.Empty(FeelingsIn(await FirstFrame(email, "service.support", Facet.TopOfMind)));
    }

    /// <summary>A customer who talked with acme and grants <paramref name="facets"/>, for advice what of them it may have.</summary>
    private async Task<string> MakeFelt(params Facet[] facets)
    {
        var email = $"{Requests.NewId()}@example.org";
        await running.Client.MakeCustomer(email);
        foreach (var (purpose, open) in new[] { ("service.support", facets), ("sales.advice", [.. facets.Except([Facet.Sentiment])]) })
        {
            var grant = Requests.Grant();
            grant.Terms.Purposes.Clear();
            grant.Terms.Purposes.Add(purpose);
            grant.Terms.Facets.Clear();
            grant.Terms.Facets.Add(open);
            await running.Client.Consents.CreateGrantAsync(grant, running.Client.AsCustomer(email));
        }

        await running.Client.Signals.PublishSignalsAsync(
            Requests.Publish(Enumerable.Range(1, 5).Select(i => Requests.Turn(email, $"felt-{i}", 1, score: 0.9))), running.Client.AsAgent());
        return email;
    }

    private async Task<IMessage> Look(string email, string purpose, params Facet[] facets)
    {
        var request = Requests.Lookup(email);
        request.Purpose = purpose;
        request.Facets.Add(facets);
        var context = (await running.Client.Contexts.GetContextAsync(request, running.Client.AsAgent())).Context;
        Assert.NotEmpty(context.TopOfMind.Topics);
        return context;
    }

    private async Task<IMessage> FirstFrame(string email, string purpose, params Facet[] facets)
    {
        var request = Requests.Watch(email);
        request.Purpose = purpose;
        request.Facets.Add(facets);
        using var watch = running.Client.Contexts.WatchContext(request, running.Client.AsAgent());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.NotEmpty(watch.ResponseStream.Current.Frame.Context.TopOfMind.Topics);
        return watch.ResponseStream.Current.Frame.Context;
    }

    /// <summary>The names of all fields about feelings that are set anywhere in a message.</summary>
    private static HashSet<string> FeelingsIn(IMessage message)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var value = field.Accessor.GetValue(message);
            var values = field.IsRepeated ? [.. ((System.Collections.IEnumerable)value).Cast<object>()] : field.HasPresence && !field.Accessor.HasValue(message) ? Array.Empty<object>() : [value];
            if (values.Length > 0 && _feelings.Contains(field.Name))
            {
                found.Add(field.Name);
            }

            found.UnionWith(values.OfType<IMessage>().SelectMany(FeelingsIn));
        }

        return found;
    }
}
