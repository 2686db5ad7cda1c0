using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Groups.Given;

namespace CustomerContext.Domain.Tests.Tribes;

/// <summary>What a tribe releases, and when.</summary>
public sealed class TribeReleaseTests
{
    private static readonly ReleaseSeed Seed = new(1, 2);

    [Theory]
    [InlineData(50, false, true)]
    [InlineData(49, false, false)]
    [InlineData(45, true, true)]
    [InlineData(44, true, false)]
    public void Release_AtTheGate_OpensAndClosesApart(int heard, bool wasOpen, bool isOpen)
    {
        var history = wasOpen ? Release(TribeHistory.Empty, Group(60, _ => 10), 0) : TribeHistory.Empty;

        var next = Release(history, Group(heard + 20, member => member <= heard ? 10 : null), 1);

        Assert.Equal(isOpen, next.Last is not null);
        Assert.Equal(isOpen ? heard : null, next.Last?.Heard);
        Assert.Equal(isOpen ? heard + 20 : null, next.Last?.Members);
    }

    [Fact]
    public void Release_GateCloses_ItsTrendHasAGapAndNumbersGoOn()
    {
        var open = Release(TribeHistory.Empty, Group(60, _ => 10), 0);
        var closed = Release(Release(open, Group(10, _ => 10), 1), Group(10, _ => 10), 2);
        var again = Release(closed, Group(60, _ => 10), 3);

        Assert.Null(Assert.Single(closed.Points, point => point.Heard == 0).Score);
        Assert.Equal((2, null), (again.Last!.Number, again.Before));
    }

    [Fact]
    public void Release_AnyGroup_ShowsOneDecimalWithinRangeAndItsInterval() => Check(Gen.Choose(1, 1_000_000), seed =>
    {
        var random = new Random(seed);
        var members = random.Next(50, 200);
        var history = TribeHistory.Empty;
        for (var day = 0; day < 3; day++)
        {
            var group = Group(members, _ => random.Next(8) == 0 ? null : random.Next(-50, 51), _ => (Stratum)random.Next(3));
            history = TribeReleaseRules.Release(history, GroupSums.Of(group, Noon), new ReleaseSeed((ulong)seed, (ulong)day), 0, Noon.AddDays(day));
            if (history.Last is not { } last)
            {
                continue;
            }

            Assert.NotEqual(last.Corrected is null, last.Known is null);
            var figures = new[] { last.Shown, last.Corrected?.Score, last.Corrected?.Low, last.Corrected?.High, last.Known?.Score, last.Known?.Low, last.Known?.High };
            Assert.All(figures.OfType<int>(), figure => Assert.True(figure is >= -1_000 and <= 1_000 && figure % 100 == 0, $"{figure}"));
            Assert.True(last.Corrected is not { } mood || (mood.Low <= mood.Score && mood.Score <= mood.High));
            Assert.True(last.Known is not { } known || known.Low <= known.High);
        }
    });

    [Fact]
    public void Release_SameOnceMore_IsTheSame() =>
        Assert.Equal(Release(TribeHistory.Empty, Group(60, Mixed), 0).Last!.Corrected, Release(TribeHistory.Empty, Group(60, Mixed), 0).Last!.Corrected);

    [Fact]
    public void Release_OverManySeeds_HasLaplaceNoiseOfTheStatedScale()
    {
        // 100 voices of equal weight, two figures a day: scale 2 / (100 x 1/2) = 0.04, so a standard deviation of 0.0566; rounding to a tenth adds 0.1^2 / 12.
        var sums = GroupSums.Of(Group(100, member => member % 2 == 0 ? 20 : -20), Noon);
        var scores = Enumerable.Range(0, 4_000)
            .Select(i => TribeReleaseRules.Release(TribeHistory.Empty, sums, new ReleaseSeed(7, (ulong)i), 0, Noon).Last!.Corrected!.Score / 1_000.0)
            .ToList();

        Assert.Equal(0, scores.Average(), 0.01);
        Assert.Equal(Math.Sqrt((2 * 0.04 * 0.04) + (0.01 / 12)), Math.Sqrt(scores.Average(score => score * score)), 0.005);
    }

    [Fact]
    public void Release_HeavyVoice_IsHiddenByMoreNoise()
    {
        // Half are silent and only 6 of them were asked: each of those weighs a twelfth of the whole.
        var sums = GroupSums.Of(Group(100, i => i <= 56 ? 10 : null, i => i <= 50 ? Stratum.Few : Stratum.Silent), Noon);
        var scores = Enumerable.Range(0, 500).Select(i => TribeReleaseRules.Release(TribeHistory.Empty, sums, new ReleaseSeed(7, (ulong)i), 0, Noon).Last!);

        Assert.InRange(scores.Average(release => Math.Abs((release.Corrected?.Score ?? 0) - 200) / 1_000.0), 0.2, 0.5);
    }

    [Fact]
    public void Release_StratumUnknown_GivesBoundsInsteadOfACorrectedMood()
    {
        var last = Release(TribeHistory.Empty, Group(200, i => i <= 100 ? 0 : null, i => i <= 100 ? Stratum.Few : Stratum.Silent), 0).Last!;

        Assert.Null(last.Corrected);
        Assert.Equal(500, last.Known!.Share);
        Assert.InRange(last.Known.Low, -600, -400);
        Assert.InRange(last.Known.High, 400, 600);
    }

    [Theory]
    [InlineData(50, 500, true)]
    [InlineData(49, 0, false)]
    public void Release_StrataOfFewerThanFiftyVoices_ShowNoFigureOfTheirOwn(int voices, int share, bool hasScore)
    {
        // Four silent ones were heard as well: too few to speak for theirs, but enough for the tribe's gate.
        var group = Group(2 * voices, i => i <= voices || i > (2 * voices) - 4 ? 40 : null, i => i <= voices ? Stratum.Few : Stratum.Silent);

        var known = Release(TribeHistory.Empty, group, 0).Last!.Known!;
        Assert.Equal((share, hasScore), (known.Share, known.Score is not null));
    }

    [Theory]
    [InlineData(1_000, Cadence.Hourly)]
    [InlineData(999, Cadence.Daily)]
    public void Release_FromThousandEqualVoices_IsHourly(int heard, Cadence cadence)
    {
        var history = Release(TribeHistory.Empty, Group(heard, Mixed), 0);

        Assert.Equal(cadence, history.Cadence);
        Assert.Equal(cadence == Cadence.Hourly ? Noon.AddHours(1) : Noon.AddDays(1), history.Last!.NextAt);
    }

    [Fact]
    public void Release_ThousandHeardOfWhomOneWritesAllTheTime_StaysDaily()
    {
        var group = Group(Enumerable.Range(1, 1_000).Select(member => Contribution(member, 10, posts: member == 1 ? 100 : 1)));

        Assert.Equal(Cadence.Daily, Release(TribeHistory.Empty, group, 0).Cadence);
    }

    [Theory]
    [InlineData(20, Direction.Rising)]
    [InlineData(-20, Direction.Falling)]
    [InlineData(0, Direction.Steady)]
    public void Release_EverybodyChanged_HasADirection(int change, Direction direction)
    {
        var before = Group(400, Mixed);
        var history = Release(TribeHistory.Empty, before, 0);
        var after = GroupRules.Apply(GroupRules.RecordReleased(before, Noon), Enumerable.Range(1, 400).Select(i => Contribution(i, Mixed(i) + change, number: 2)), [], Noon, 1_000);

        Assert.Equal(Direction.Unknown, history.Last!.Direction);
        Assert.Equal(direction, Release(history, after.Members, 1).Last!.Direction);
    }

    [Theory]
    [InlineData(4, 0, 0)]
    [InlineData(5, 1, 40)]
    [InlineData(15, 400, 600)]
    [InlineData(40, 995, 1_000)]
    public void Release_TopicOnMinds_ShownAsOftenAsNoiseLetsIt(int members, int least, int most)
    {
        var sums = Minds(members);

        Assert.InRange(Enumerable.Range(0, 1_000).Count(i => Topics(sums, i).Contains("billing")), least, most);
    }

    /// <summary>The attack: nine accounts have the topic, and one release tells whether the tenth has it. With an exact threshold of ten all guesses were right.</summary>
    [Fact]
    public void Release_NineAccountsWithATopic_TellNextToNothingOfTheTenth()
    {
        const int Trials = 2_000;
        var (without, with) = (Minds(9), Minds(10));
        var right = Enumerable.Range(0, Trials).Count(i => Topics(i % 2 == 0 ? with : without, i).Contains("billing") == (i % 2 == 0));

        Assert.InRange(right, Trials * 45 / 100, Trials * 57 / 100);
    }

    [Fact]
    public void Release_TwoTopicsOnAlmostAsManyMinds_InEitherOrder()
    {
        var group = Group(Enumerable.Range(1, 60).Select(i => Contribution(i, 5, topics: i <= 41
            ? [new ContributedTopic("billing", 0), .. i <= 40 ? (ContributedTopic[])[new ContributedTopic("router", 0)] : []]
            : [])));
        var sums = GroupSums.Of(group, Noon);

        Assert.Equal(2, Enumerable.Range(0, 100).Select(i => Topics(sums, i)[0]).Distinct().Count());
    }

    private static GroupSums Minds(int members) => GroupSums.Of(
        Group(Enumerable.Range(1, 60).Select(i => Contribution(i, 5, topics: i <= members ? [new ContributedTopic("billing", 0)] : []))), Noon);

    private static System.Collections.Immutable.ImmutableArray<string> Topics(GroupSums sums, int seed) =>
        TribeReleaseRules.Release(TribeHistory.Empty, sums, new ReleaseSeed(7, (ulong)seed), 0, Noon).Last!.TopTopics;

    [Fact]
    public void Release_OfThreeHundredDays_RemembersTwelveWeeks()
    {
        var history = Enumerable.Range(0, 300).Aggregate(TribeHistory.Empty, (before, day) => Release(before, Group(60, Mixed), day));

        Assert.Equal(84, history.Points.Length);
        Assert.Equal(300, history.Number);
    }

    [Fact]
    public void Release_HourlyForTenDays_KeepsTheLastOfEachDayButTwo()
    {
        var sums = GroupSums.Of(Group(1_000, Mixed), Noon);
        var history = Enumerable.Range(0, 240).Aggregate(
            TribeHistory.Empty, (before, hour) => TribeReleaseRules.Release(before, sums, new ReleaseSeed(1, (ulong)hour), 0, Noon.AddHours(hour)));

        Assert.InRange(history.Points.Length, 48 + 7, 48 + 9);
    }

    [Fact]
    public void Next_AnyMinute_IsTheNextTimeThatMinuteComes() => Check(
        from minute in Gen.Choose(0, 1_439)
        from second in Gen.Choose(0, 86_400 * 3)
        from hourly in Gen.Elements(true, false)
        select (minute, Noon.AddSeconds(second), hourly ? Cadence.Hourly : Cadence.Daily),
        ((int Minute, DateTimeOffset Now, Cadence Cadence) at) =>
    {
        var (next, latest) = (ReleaseClock.Next(at.Minute, at.Cadence, at.Now), ReleaseClock.Latest(at.Minute, at.Cadence, at.Now));

        Assert.True(latest <= at.Now && at.Now < next);
        Assert.Equal(at.Cadence == Cadence.Hourly ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1), next - latest);
        Assert.Equal(at.Cadence == Cadence.Hourly ? at.Minute % 60 : at.Minute, at.Cadence == Cadence.Hourly ? next.Minute : (int)next.TimeOfDay.TotalMinutes);
        Assert.Equal(0, next.Second);
    });

    [Fact]
    public void Secret_OfTwoGroups_GivesUnrelatedPseudonymsAndAudiencesShareTheSeed()
    {
        var secret = new GroupSecret(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        var complaint = Chess with { Audience = new Audience("service.complaint") };
        var customer = Domain.Tests.Customers.Given.Customer;

        Assert.NotEqual(secret.Pseudonym(customer, Chess), secret.Pseudonym(customer, complaint));
        Assert.Equal(secret.Pseudonym(customer, Chess), secret.Pseudonym(customer, Chess));
        Assert.Equal(secret.Seed(Chess, Noon), secret.Seed(complaint, Noon));
        Assert.NotEqual(secret.Seed(Chess, Noon), secret.Seed(Chess, Noon.AddDays(1)));
        Assert.InRange(secret.ReleaseMinute(Chess), 0, 1_439);
    }

    private static int? Mixed(int member) => member % 2 == 0 ? 20 : -15;

    private static TribeHistory Release(TribeHistory history, GroupMembers group, int day) =>
        TribeReleaseRules.Release(history, GroupSums.Of(group, Noon), Seed with { Low = (ulong)day }, 720, Noon.AddDays(day));

    private static void Check<T>(Gen<T> cases, Action<T> property) => Prop.ForAll(Arb.From(cases), property).Check(Config.QuickThrowOnFailure);
}
