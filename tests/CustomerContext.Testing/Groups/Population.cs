using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Groups;

namespace CustomerContext.Testing.Groups;

/// <summary>
/// A made-up tribe in which a tenth writes about nine tenths of all posts and feels otherwise than the rest. Everybody's true feeling is known here; what the tribe gets of it has been
/// through a scorer that errs, or through a survey.
/// </summary>
public sealed class Population
{
    private const double Spread = 0.35;
    private const double Overdone = 0.4;
    private const double HeardOfFew = 0.5;
    private readonly Random _random;
    private readonly PopulationKind _kind;
    private readonly List<(Stratum Stratum, double Feeling, int Posts)> _members = [];

    /// <summary>Draws one.</summary>
    public Population(int seed, int members, PopulationKind kind)
    {
        _random = new Random(seed);
        _kind = kind;
        var rest = _random.NextDouble() - 0.5;
        var loud = rest + ((_random.Next(2) == 0 ? 1 : -1) * (0.4 + (0.4 * _random.NextDouble())));
        for (var i = 0; i < members; i++)
        {
            _members.Add((i * 10 / members) switch
            {
                0 => (Stratum.Many, Feel(loud), 20 + _random.Next(41)),
                <= 3 => (Stratum.Few, Feel(rest), 1 + _random.Next(2)),
                _ => (Stratum.Silent, Feel(rest), 0),
            });
        }
    }

    /// <summary>What is to be found out: the mean of all members' feelings.</summary>
    public double Truth => _members.Average(member => member.Feeling);

    /// <summary>What the tribe is told.</summary>
    public GroupSums Sums(DateTimeOffset now)
    {
        var group = new GroupMembers([.. _members.Select((member, i) => new GroupMember(Contribute(i, member, now), null))], [], 0);
        return GroupSums.Of(group, now);
    }

    private Contribution Contribute(int number, (Stratum Stratum, double Feeling, int Posts) member, DateTimeOffset now)
    {
        var later = now.AddDays(1).ToUnixTimeSeconds();
        int? score = member.Stratum switch
        {
            Stratum.Many => Written(member.Feeling, member.Posts),
            Stratum.Few => IsHeard(HeardOfFew, member.Feeling) ? Written(member.Feeling, member.Posts) : null,
            _ => IsHeard(_kind.SurveyShare, member.Feeling) ? Answered(member.Feeling) : null,
        };
        return new Contribution(
            new Pseudonym(0, (ulong)number),
            new ContributionVersion(1, 1),
            score,
            member.Posts > 0 ? score : null,
            VoiceRules.PostSteps.Last(step => step <= member.Posts),
            member.Stratum,
            0,
            later,
            later,
            ImmutableArray<ContributedTopic>.Empty);
    }

    private double Feel(double mean) => Math.Clamp(mean + (Spread * Normal()), -1, 1);

    /// <summary>The mean of what a scorer that errs makes of so many posts.</summary>
    private int Written(double feeling, int posts)
    {
        var sum = 0.0;
        for (var i = 0; i < posts; i++)
        {
            // Now and then all or nothing is read, which is right on average.
            var read = _random.NextDouble() >= Overdone ? feeling : _random.NextDouble() < (1 + feeling) / 2 ? 1 : -1;
            sum += _random.NextDouble() < _kind.ScorerFlips ? -read : read;
        }

        return Steps(sum / posts);
    }

    /// <summary>An answer from 0 to 10.</summary>
    private static int Answered(double feeling) => Steps((Math.Round((feeling + 1) * 5, MidpointRounding.AwayFromZero) / 5) - 1);

    /// <summary>Who feels one point better is so many times as likely to be heard.</summary>
    private bool IsHeard(double share, double feeling) => _random.NextDouble() < share * Math.Pow(_kind.HeardPerPoint, feeling);

    private static int Steps(double score) => (int)Math.Round(score * Limits.Groups.ScoreSteps, MidpointRounding.AwayFromZero);

    /// <summary>Box and Muller's.</summary>
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

/// <summary>What kind of populations.</summary>
/// <param name="Name">For people.</param>
/// <param name="SurveyShare">Share of the silent that a survey reaches.</param>
/// <param name="HeardPerPoint">How many times as likely to be heard somebody is who feels one point better; 1: silence says nothing about feeling.</param>
/// <param name="ScorerFlips">Share of posts whose sign the scorer gets wrong, on top of its unbiased error.</param>
public sealed record PopulationKind(string Name, double SurveyShare = 0.05, double HeardPerPoint = 1, double ScorerFlips = 0)
{
    /// <summary>What the product promises something about, and what it does not.</summary>
    public static ImmutableArray<PopulationKind> All { get; } =
    [
        new("silence unrelated to feeling"),
        new("1.6 times as likely to be heard per point", HeardPerPoint: 1.6),
        new("2.7 times as likely to be heard per point", HeardPerPoint: 2.7),
        new("a scorer that gets one sign in ten wrong", ScorerFlips: 0.1),
        new("no survey", SurveyShare: 0),
    ];
}
