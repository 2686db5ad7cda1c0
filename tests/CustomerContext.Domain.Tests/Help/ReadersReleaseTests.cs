using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Networks;

namespace CustomerContext.Domain.Tests.Help;

/// <summary>When what helped is shown, to whom, and what plants learn from it.</summary>
public sealed class ReadersReleaseTests
{
    private const string Reset = "https://help.example.org/reset";
    private const string Rare = "https://help.example.org/rare";
    private const int Draws = 2_000;

    [Fact]
    public void Release_BelowTheLeast_NothingWhateverTheNoise()
    {
        var few = Given.Readers(("router", Reset, Limits.Help.Least - 1));
        var rare = Given.Readers(("router", Rare, Limits.Help.PageReadersLeast - 1), ("app", Reset, 90));
        for (ulong seed = 0; seed < Draws; seed++)
        {
            Assert.Null(Given.Release(few, seed));
            Assert.DoesNotContain(Given.Release(rare, seed)!.Pages, page => page.With.Address == Rare);
        }
    }

    [Fact]
    public void Release_OnceShown_StaysDownToTheLowerGate()
    {
        var (many, between) = (Given.Readers(("router", Reset, 90)), Given.Readers(("router", Reset, Limits.Help.GoneBelow + 2)));

        Assert.NotNull(Given.Release(many, 1));
        Assert.Equal(0.75, Shown(between, Given.Release(many, 1)), 0.05);
        Assert.Equal(0.18, Shown(between, null), 0.05);
    }

    /// <summary>The gate of all readers tells no more of one than a page does.</summary>
    [Theory]
    [InlineData(Limits.Help.GoneBelow - 1)]
    [InlineData(Limits.Help.ShownFrom - 1)]
    [InlineData(Limits.Help.Least - 1)]
    public void Attack_PlantsAroundTheGateOfAll_LearnHardlyAnythingOfOneReader(int plants)
    {
        foreach (var before in (ReadersRelease?[])[null, Given.Release(Given.Readers(("router", Reset, 90)), 1)])
        {
            var (without, with) = (Shown(Given.Readers(("router", Reset, plants)), before), Shown(Given.Readers(("router", Reset, plants + 1)), before));

            Assert.InRange(Math.Abs(with - without) / 2, 0, ((Math.Exp(1 / 3.0) - 1) / 4) + 0.03);
        }
    }

    [Fact]
    public void Release_ManyAndFewer_InBandsAndOrder()
    {
        var release = Given.Release(Given.Readers(("router", Reset, 120), ("app", Rare, 37)), 3)!;

        Assert.Equal([(Reset, SizeBand.From50), (Rare, SizeBand.From25)], release.Pages.Select(page => (page.With.Address, page.Size)));
    }

    /// <summary>
    /// A company plants all readers of a page but one, as many as it likes, and watches whether the page is shown. The noise bounds what that tells of the one: in no release does either outcome
    /// become more than e^(eps/3) as likely, so guessing from it is right hardly more often than a coin.
    /// </summary>
    [Theory]
    [InlineData(Limits.Help.PageReaders - 3)]
    [InlineData(Limits.Help.PageReaders - 1)]
    [InlineData(Limits.Help.PageReaders)]
    public void Attack_PlantsAroundTheGate_LearnHardlyAnythingOfOneReader(int plants)
    {
        var (without, with) = (Share(plants), Share(plants + 1));

        var right = 0.5 + (Math.Abs(with - without) / 2);
        Assert.InRange(right, 0.5, 0.5 + ((Math.Exp(1 / 3.0) - 1) / 4) + 0.03);
    }

    /// <summary>One reader cannot push a page: whatever they send, they count for three at most, once each.</summary>
    [Fact]
    public void Apply_OneReaderAgainAndAgain_IsOneVoiceAndRemovingTakesItOut()
    {
        var key = new HelpedWith("router", Reset).Key;
        var others = Given.Readers(("router", Reset, 20));
        var again = Enumerable.Range(1, 50).Select(i => Given.Reader(99, key) with { Version = new ContributionVersion(1, i) });
        var with = GroupRules.Apply(others, again, [], Given.Noon, int.MaxValue).Members;
        var without = GroupRules.Apply(with, [], [new Removal(new Pseudonym(99, 1), new ContributionVersion(2, 1))], Given.Noon, int.MaxValue).Members;

        Assert.Equal(21, Assert.Single(GroupSums.Of(with, Given.Noon).Topics).Members);
        Assert.Equal(GroupSums.Of(others, Given.Noon), GroupSums.Of(without, Given.Noon));
    }

    [Fact]
    public void Of_TopicsOnTheirMind_HeaviestFirstAndExplained()
    {
        ImmutableArray<ReadersRelease> released = [Released(("app", "a1"), ("router", "r1"), ("router", "r2"), ("router", "r3"), ("refund", "f1"))];

        var help = HelpRules.Of(released, Mind("router", "app"));

        Assert.Equal(["r1", "r2", "a1"], help.Pages.Select(one => one.Page.With.Address));
        Assert.All(help.Pages, one => Assert.Equal(HelpBasis.SameTopic, one.Basis));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_NothingInCommonOrMindNotShown_PopularAndSaysSo(bool showsMind)
    {
        ImmutableArray<ReadersRelease> released = [Released(("app", "a1"), ("router", "r1"), ("router", "r2"), ("refund", "f1"))];

        var help = HelpRules.Of(released, showsMind ? Mind("garden-set") : null);

        Assert.Equal(["a1", "r1", "r2"], help.Pages.Select(one => one.Page.With.Address));
        Assert.All(help.Pages, one => Assert.Equal(HelpBasis.Popular, one.Basis));
        Assert.Same(HelpContent.None, HelpRules.Of([], Mind("router")));
    }

    private static double Shown(GroupMembers readers, ReadersRelease? before) =>
        Enumerable.Range(0, Draws).Count(seed => Given.Release(readers, (ulong)seed, before) is not null) / (double)Draws;

    private static double Share(int readers)
    {
        var group = Given.Readers(("router", Rare, readers), ("app", Reset, 90));
        return Enumerable.Range(0, Draws).Count(seed => Given.Release(group, (ulong)seed)!.Pages.Any(page => page.With.Address == Rare)) / (double)Draws;
    }

    private static ReadersRelease Released(params (string Topic, string Address)[] pages) =>
        new(Given.Noon, [.. pages.Select(page => new HelpfulPage(new HelpedWith(page.Topic, page.Address), SizeBand.From25))]);

    private static TopOfMindContent Mind(params string[] topics)
    {
        var turns = topics.SelectMany((topic, i) => Enumerable.Range(0, topics.Length - i).Select(k => Customers.Given.Turn($"{topic}{k}", Given.Noon.AddMinutes(k), topics: topic)));
        return SnapshotRules.Snapshot(Given.State(turns), Customers.Given.All, Given.Noon.AddHours(1)).TopOfMind;
    }
}
