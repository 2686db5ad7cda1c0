using CustomerContext.Silo.Api.Contexts;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Tests.Api;

public class ShownFacetsTests
{
    private static readonly Brief _brief = new() { Headline = "Content." };

    [Fact]
    public void Show_SameContentAtALaterMinute_IsNoDifference()
    {
        var shown = ShownFacets.Read("");
        shown.Show(ContextOf(score: 0.5, minute: 1), _brief);

        Assert.Null(shown.Show(ContextOf(score: 0.5, minute: 2), _brief));
    }

    [Fact]
    public void Show_OneFacetChanged_GivesThatOneOnly()
    {
        var shown = ShownFacets.Read("");
        var first = ContextOf(score: 0.5, minute: 1);
        first.TopOfMind = new TopOfMind { Likes = { "coffee" } };
        shown.Show(first, _brief);
        var second = ContextOf(score: 0.4, minute: 1);
        second.TopOfMind = new TopOfMind { Likes = { "coffee" } };

        var changed = shown.Show(second, _brief);

        Assert.NotNull(changed?.Sentiment);
        Assert.Null(changed.TopOfMind);
    }

    [Fact]
    public void Read_TokenOfBefore_GivesOnlyWhatIsNew()
    {
        var before = ShownFacets.Read("");
        before.Show(ContextOf(score: 0.5, minute: 1), _brief);

        var resumed = ShownFacets.Read(before.ToString());

        Assert.Null(resumed.Show(ContextOf(score: 0.5, minute: 3), _brief));
        Assert.NotNull(resumed.Show(ContextOf(score: 0.6, minute: 3), _brief));
    }

    [Fact]
    public void Show_OnlyTheBriefChanged_IsADifferenceWithoutFacets()
    {
        var shown = ShownFacets.Read("");
        shown.Show(ContextOf(score: 0.5, minute: 1), _brief);

        Assert.Equal(new Context(), shown.Show(ContextOf(score: 0.5, minute: 2), new Brief { Headline = "Content.", CallMe = "Jo" }));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not a token at all")]
    [InlineData("AAAA")]
    public void Read_NoToken_MeansThatNothingWasShown(string token) =>
        Assert.NotNull(ShownFacets.Read(token).Show(ContextOf(score: 0.5, minute: 1), _brief));

    private static Context ContextOf(double score, int minute) =>
        new() { Sentiment = new Sentiment { Score = score, AsOfTime = new Timestamp { Seconds = 60 * minute } } };
}
