namespace CustomerContext.Testing.Groups.Town;

/// <summary>Somebody of the model: everything they ever said, kept as it was said.</summary>
internal sealed class TownPerson
{
    private static readonly int[] Steps = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100];

    /// <summary>Own turns: when (unix second), score and weight in thousandths (absent: nothing of feeling), topics.</summary>
    public List<(long At, int? Score, int Weight, string[] Topics)> Turns { get; } = [];

    /// <summary>Survey answers: when, score in thousandths.</summary>
    public List<(long At, int Score)> Answers { get; } = [];

    /// <summary>Since when they let themselves be counted for which audience.</summary>
    public Dictionary<string, long> Audiences { get; } = [];

    /// <summary>What they have to say at a moment.</summary>
    public TownVoice Voice(long now)
    {
        var posts = Turns.Count(turn => turn.At / 604_800 > (now / 604_800) - 13);
        var step = Steps.Last(known => known <= posts);
        var mean = Mean(now);
        var answer = Answers.Where(one => now - one.At < 90 * 86_400).OrderBy(one => one.At).Select(one => (int?)one.Score).LastOrDefault();
        return new TownVoice(
            answer is { } said ? Fiftieths(said, 1_000) : mean,
            step > 0 ? mean : null,
            step,
            step >= 5 ? 2 : step > 0 ? 1 : 0,
            Topics(now));
    }

    /// <summary>Days of the last 30 with something said, each a half as weighty as one a week later.</summary>
    private int? Mean(long now)
    {
        var said = Turns.Where(turn => turn.Score is not null)
            .Select(turn => (turn.At, Score: Math.Round(turn.Weight * (double)turn.Score!.Value / 1_000, MidpointRounding.AwayFromZero), Weight: (double)turn.Weight))
            .Concat(Answers.Select(answer => (answer.At, Score: (double)answer.Score, Weight: 1_000.0)))
            .Where(one => one.At / 86_400 > (now / 86_400) - 30)
            .GroupBy(one => one.At / 86_400)
            .OrderBy(day => day.Key)
            .ToList();
        if (said.Count == 0)
        {
            return null;
        }

        var (score, weight) = (0.0, 0.0);
        foreach (var day in said)
        {
            var half = Math.Pow(2, (day.Key - said[^1].Key) / 7.0);
            score += day.Sum(one => one.Score) * half;
            weight += day.Sum(one => one.Weight) * half;
        }

        return Fiftieths(score, weight);
    }

    private string[] Topics(long now)
    {
        var week = now / 604_800;
        return
        [
            .. Turns.Where(turn => turn.At / 604_800 > week - 5)
                .SelectMany(turn => turn.Topics, (turn, topic) => (
                    Topic: topic,
                    Weight: Math.Floor(1_000 * Math.Pow(2, turn.At % 604_800 / 604_800.0)) * Math.Pow(2, (turn.At / 604_800) - week)))
                .GroupBy(mention => mention.Topic)
                .OrderByDescending(topic => topic.Sum(mention => mention.Weight))
                .ThenBy(topic => topic.Key, StringComparer.Ordinal)
                .Take(3)
                .Select(topic => topic.Key),
        ];
    }

    private static int Fiftieths(double score, double weight) => (int)Math.Round(score * 50 / weight, MidpointRounding.AwayFromZero);
}

/// <summary>What somebody has to say. Scores in 1/50.</summary>
internal sealed record TownVoice(int? Score, int? PostScore, int Posts, int Stratum, string[] Topics);
