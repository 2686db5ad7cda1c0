using CustomerContext.Silo.Api.Contexts;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Tests.Api;

public class ShownFacetsTests
{
    [Fact]
    public void Show_SameContentAtALaterMinute_IsNoDifference()
    {
        var shown = ShownFacets.Read("");
        shown.Show(ContextOf(score: 0.5, minute: 1));

        Assert.Null(shown.Show(ContextOf(score: 0.5, minute: 2)));
    }

    [Fact]
    public void Show_OneFacetChanged_GivesThatOneOnly()
    {
        var shown = ShownFacets.Read("");
        var first = ContextOf(score: 0.5, minute: 1);
        first.TopOfMind = new TopOfMind { Likes = { "coffee" } };
        shown.Show(first);
        var second = ContextOf(score: 0.4, minute: 1);
        second.TopOfMind = new TopOfMind { Likes = { "coffee" } };

        var changed = shown.Show(second);

        Assert.NotNull(changed?.Sentiment);
        Assert.Null(changed.TopOfMind);
    }

    [Fact]
    public void Read_TokenOfBefore_GivesOnlyWhatIsNew()
    {
        var before = ShownFacets.Read("");
        before.Show(ContextOf(score: 0.5, minute: 1));

        var resumed = ShownFacets.Read(before.ToString());

        Assert.Null(resumed.Show(ContextOf(score: 0.5, minute: 3)));
        Assert.NotNull(resumed.Show(ContextOf(score: 0.6, minute: 3)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not a token at all")]
    [InlineData("AAAA")]
    public void Read_NoToken_MeansThatNothingWasShown(string token) =>
        Assert.NotNull(ShownFacets.Read(token).Show(ContextOf(score: 0.5, minute: 1)));

    private static Context ContextOf(double score, int minute) =>
        new() { Sentiment = new Sentiment { Score = score, AsOfTime = new Timestamp { Seconds = 60 * minute } } };
}
