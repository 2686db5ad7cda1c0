using CustomerContext.Cli;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class WordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0:00:59", "just now")]
    [InlineData("0:01:00", "1 min ago")]
    [InlineData("0:59:59", "59 min ago")]
    [InlineData("1:00:00", "1 h ago")]
    [InlineData("1.23:59:59", "47 h ago")]
    [InlineData("2.00:00:00", "2 days ago")]
    [InlineData("60.00:00:00", "2 months ago")]
    [InlineData("-0:05:00", "in 5 min")]
    public void Age_EachUnit_TheLargestThatFits(string age, string words) => Assert.Equal(words, Ages.Of(Now - TimeSpan.Parse(age), Now));

    [Theory]
    [InlineData("2026-03-01T00:00:00Z", "today")]
    [InlineData("2026-02-28T00:00:00Z", "yesterday")]
    [InlineData("2026-02-27T00:00:00Z", "2 days ago")]
    public void Day_OfSomethingCountedByTheDay_SaysTheDayAndNoHour(string day, string words) =>
        Assert.Equal(words, Ages.Day(Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(day)), Now));

    [Theory]
    [InlineData("30d", "2026-03-31T12:00:00Z")]
    [InlineData("-3d2h", "2026-02-26T10:00:00Z")]
    [InlineData("90m", "2026-03-01T13:30:00Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00Z")]
    public void Moment_AsTyped_Understood(string text, string expected) => Assert.Equal(DateTimeOffset.Parse(expected), Times.Moment(text, Now));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("soon")]
    [InlineData("5w")]
    [InlineData("2026-13-01")]
    public void Moment_Nonsense_Refused(string text) => Assert.Throws<UsageException>(() => Times.Moment(text, Now));

    [Fact]
    public void Words_OfAnEnum_AsPeopleAndScriptsWriteThem() => Assert.Equal(
        ("top of mind", "top-of-mind", "TOP_OF_MIND"), (Words.Of(Facet.TopOfMind), Words.Dashed(Facet.TopOfMind), Words.Code(Facet.TopOfMind)));

    [Theory]
    [InlineData(-1, "▁")]
    [InlineData(0, "▅")]
    [InlineData(1, "█")]
    public void Sparkline_Score_AsHighAsItIs(double score, string bar) =>
        Assert.Contains(bar, Feeling.Sparkline([new SentimentDay { Score = score }]));
}
