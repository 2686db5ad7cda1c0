using CustomerContext.Domain.Sentiment;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Domain.Tests.Sentiment;

public sealed class ScorerProperties
{
    private static readonly TextScorer Scorer = new();

    private static readonly string[] Pieces =
    [
        "awful", "great", "NOT", "but", "sehr", "n'est", "#", "#badService", "@", "@x", "http://x", "!!!", "?!", "...", "…", ":(", ">:(", "<3", "😡", "👍🏽", "❤️", "\uD83D", "\uDE21", "\u0301", "\u200D",
        "'", "’", "''", "soooo", "\0", "\uFFFD", "ﷺ", "Ǆ", "İ", "ß", "ſ", "  ", "\n", "9)", "8)", "_", "d:", new string('a', 99), new string('!', 70),
    ];

    [Fact]
    public void Score_AnyString_NeverThrowsAndStaysInRange() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Texts(), text => IsInRange(text, null) && IsInRange(text, "de")));

    [Fact]
    public void Score_TenThousandOfAnyCharacter_NeverThrowsAndStaysInRange()
    {
        for (var c = 0; c <= char.MaxValue; c += 97)
        {
            Assert.True(IsInRange(new string((char)c, 10_000), null), $"U+{c:X4}");
        }

        Assert.All(Pieces, piece => Assert.True(IsInRange(string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length)), "en"), piece));
    }

    [Fact]
    public void Score_SameText_IsTheSameOnEveryThread()
    {
        var expected = Scorer.Score("Das ist leider sehr schlecht 😡", null);

        Assert.All(Enumerable.Range(0, 1_000).AsParallel().Select(_ => Scorer.Score("Das ist leider sehr schlecht 😡", null)), score => Assert.Equal(expected, score));
    }

    [Theory]
    [InlineData("The agent was not helpful 😡 ")]
    [InlineData("Das war leider nicht gut, aber danke! #kundenservice https://example.org ")]
    [InlineData("我的包裹什么时候到 :( ")]
    public void Score_AnyLength_AllocatesNothing(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200));
        Scorer.Score(text, "de-AT");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Scorer.Score(text, "de-AT");
        Scorer.Score(piece, null);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Score_TextOverwrittenAfterwards_LeavesNoTrace()
    {
        var buffer = "This is the worst service".ToCharArray();
        var bad = Scorer.Score(buffer, "en");
        "That was a lovely evening".CopyTo(0, buffer, 0, buffer.Length);

        Assert.Equal(Scorer.Score("That was a lovely evening", "en"), Scorer.Score(buffer, "en"));
        Assert.Equal(bad, Scorer.Score("This is the worst service", "en"));
    }

    private static bool IsInRange(string text, string? language)
    {
        var score = Scorer.Score(text, language);
        return score is { Score: >= -1 and <= 1, Confidence: >= 0 and <= 1 };
    }

    /// <summary>Strings of any units, lone surrogates too, among pieces that mean something.</summary>
    private static Arbitrary<string> Texts() => Arb.From(
        from pieces in Gen.ListOf(Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, char.MaxValue).Select(c => ((char)c).ToString())))
        from gaps in Gen.Elements("", " ")
        select string.Join(gaps, pieces));
}
