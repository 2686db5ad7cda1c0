using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Tests.Sentiment;

public sealed class WordListScorerTests
{
    private static readonly WordListScorer Scorer = new();

    [Theory]
    [InlineData("The agent was very helpful, thank you!")]
    [InlineData("Not bad at all")]
    [InlineData("I LOVE IT")]
    [InlineData("👍")]
    [InlineData("It took a while, but everything is perfect now :)")]
    public void Score_GoodWords_IsPositive(string text) => Assert.InRange(Scorer.Score(text, null).Score, 0.1, 1);

    [Theory]
    [InlineData("This is terrible, my refund never arrived")]
    [InlineData("it doesn't work")]
    [InlineData("it doesn’t work")]
    [InlineData("not very helpful")]
    [InlineData("Great phone, but the service was awful")]
    [InlineData("😡😡")]
    [InlineData("waiting since monday >:(")]
    public void Score_BadWords_IsNegative(string text) => Assert.InRange(Scorer.Score(text, null).Score, -1, -0.1);

    [Theory]
    [InlineData("")]
    [InlineData("My order number is 4711")]
    [InlineData("\uD800 \uDC00")]
    public void Score_NothingKnown_HasNoConfidence(string text) => Assert.Equal(new TextScore(0, 0), Scorer.Score(text, null));

    [Fact]
    public void Score_Strengthened_IsStronger()
    {
        Assert.True(Scorer.Score("very bad", null).Score < Scorer.Score("bad", null).Score);
        Assert.True(Scorer.Score("slightly bad", null).Score > Scorer.Score("bad", null).Score);
    }

    [Fact]
    public void Score_MoreWords_IsMoreConfident()
    {
        Assert.Equal(0.5, Scorer.Score("bad", "en-GB").Confidence);
        Assert.Equal(0.25, Scorer.Score("bad", "de").Confidence);
        Assert.Equal(0.75, Scorer.Score("bad bad bad", null).Confidence);
    }

    [Fact]
    public void Score_AnyText_StaysInRange()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0x20, 0x3000)));
            var score = Scorer.Score(text + " awful " + text, null);
            Assert.InRange(score.Score, -1, 1);
            Assert.InRange(score.Confidence, 0, 1);
        }
    }

    [Fact]
    public void Score_LongText_AllocatesNothing()
    {
        var text = string.Concat(Enumerable.Repeat("The agent was not helpful 😡 ", 200));
        Scorer.Score(text, null);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Scorer.Score(text, null);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
