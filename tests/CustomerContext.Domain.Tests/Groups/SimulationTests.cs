using CustomerContext.Testing;
using CustomerContext.Testing.Groups;

namespace CustomerContext.Domain.Tests.Groups;

/// <summary>The short form of the simulations in CustomerContext.Benchmarks; the full one by CC_MINORITY and CC_ATTACKS.</summary>
public sealed class SimulationTests
{
    private const int Seed = 20261125;
    private static readonly int Populations = Trials.Count("CC_MINORITY", 250);
    private static readonly int EachAttack = Trials.Count("CC_ATTACKS", 1_000);

    public static TheoryData<int> MustFail { get; } = new(Enumerable.Range(0, Attacks.MustFail.Length));

    [Fact]
    public void Corrected_SilenceUnrelatedToFeeling_IsFarBetterThanWhatPostsShow()
    {
        var trial = MinorityTrial.Run(PopulationKind.All[0], Populations, Seed);

        Assert.True(trial.Corrected <= trial.PerPost / 5, $"{trial}");
        Assert.True(trial.Corrected <= trial.OneVoiceEach / 2, $"{trial}");
        Assert.True(trial.Released <= trial.PerPost / 5, $"{trial}");
        Assert.InRange(trial.Coverage, 0.9 - Slack(0.03, 0.3, Populations), 0.9 + Slack(0.03, 0.3, Populations));
    }

    [Fact]
    public void Corrected_WithoutAnySurvey_IsUnknownEveryTime() => Assert.Equal(1, MinorityTrial.Run(PopulationKind.All[^1], Populations, Seed).Unknown);

    [Theory]
    [MemberData(nameof(MustFail))]
    public void Attack_ThroughTheGate_GainsAtMostTenPoints(int attack)
    {
        foreach (var target in Attacks.Groups)
        {
            var result = Attacks.Run(Attacks.MustFail[attack], target, EachAttack, Seed);

            Assert.True(result.Gain <= 100 * Slack(0.1, 0.5, EachAttack / 2), $"{result}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Attack_WithTheGateOpen_Succeeds(int attack)
    {
        foreach (var target in Attacks.Groups)
        {
            var result = Attacks.Run(Attacks.MustFail[attack], target, EachAttack / 2, Seed);

            Assert.True(result.GainWithoutGate > 15, $"{result}");
        }
    }

    [Theory]
    [InlineData("network of 7")]
    [InlineData("tribe of 50")]
    public void Attack_ByWhoeverControlsAllOthers_Succeeds(string group)
    {
        var result = Attacks.Run(Attacks.AllButOne, Attacks.Groups.Single(target => target.Name == group), Math.Max(200, EachAttack / 5), Seed);

        Assert.True(result.Gain > 10 && result.GainWithoutGate > 40, $"{result}");
    }

    /// <summary>The bound, and three standard errors for so few trials.</summary>
    private static double Slack(double bound, double deviation, int trials) => bound + (3 * deviation / Math.Sqrt(trials));
}
