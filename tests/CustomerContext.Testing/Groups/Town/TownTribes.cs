namespace CustomerContext.Testing.Groups.Town;

/// <summary>What a tribe releases, in the model.</summary>
internal static class TownTribes
{
    public static TownSums Sum(IReadOnlyCollection<TownVoice> voices)
    {
        var heard = voices.Where(voice => voice.Score is not null).ToList();
        var posted = heard.Where(voice => voice.PostScore is not null).ToList();
        return new TownSums(
            [.. Enumerable.Range(0, 3).Select(stratum => new TownStratum(
                voices.Count(voice => voice.Stratum == stratum),
                heard.Count(voice => voice.Stratum == stratum),
                heard.Where(voice => voice.Stratum == stratum).Sum(voice => (long)voice.Score!.Value),
                heard.Where(voice => voice.Stratum == stratum).Sum(voice => (long)voice.Score!.Value * voice.Score.Value)))],
            posted.Sum(voice => (long)voice.Posts),
            posted.Sum(voice => (long)voice.Posts * voice.PostScore!.Value),
            posted.Select(voice => voice.Posts).DefaultIfEmpty().Max(),
            voices.SelectMany(voice => voice.Topics).GroupBy(topic => topic).ToDictionary(topic => topic.Key, topic => topic.Count()));
    }

    public static void Release(TownMemory memory, SortedDictionary<string, TownVoice> voices, (ulong High, ulong Low) seed, long at, long minute)
    {
        var sums = Sum(voices.Values);
        if (sums.Heard < (memory.Tribe is null ? 50 : 45))
        {
            memory.Tribe = null;
            memory.NextAt = Next(at, minute, 86_400);
            return;
        }

        var known = Enumerable.Range(0, 3).Where(stratum => sums.Strata[stratum].Heard >= 5).ToList();
        var share = known.ToDictionary(stratum => stratum, stratum => (double)sums.Strata[stratum].Members / known.Sum(each => sums.Strata[each].Members));
        var isWhole = known.Count > 0 && Enumerable.Range(0, 3).All(stratum => known.Contains(stratum) || sums.Strata[stratum].Members == 0);
        var heaviest = known.Count == 0 ? 1 : known.Max(stratum => share[stratum] / sums.Strata[stratum].Heard);
        var heaviestPost = sums.Posts == 0 ? 0 : (double)sums.MostPosts / sums.Posts;
        var isHourly = sums.Heard >= 1_000 && Math.Max(heaviest, heaviestPost) * 1_000 <= 1;
        double Scale(double weight) => 2 * weight * 1_000 / (0.5 / (isHourly ? 24 : 1));
        double Noise(string figure, double weight) => TownSecret.Noise(seed, $"{figure}\n{sums.Digits}", Scale(weight)) / 1_000.0;

        memory.NextAt = Next(at, minute, isHourly ? 3_600 : 86_400);
        var mood = known.Sum(stratum => share[stratum] * sums.Strata[stratum].Score / (sums.Strata[stratum].Heard * 50.0)) + (known.Count == 0 ? 0 : Noise("corrected", heaviest));
        memory.Tribe = new TownTribeRelease(
            ++memory.Number,
            at,
            memory.NextAt,
            sums.Posts == 0 ? null : Tenths((sums.PostScore / (sums.Posts * 50.0)) + Noise("shown", heaviestPost), Nearest),
            isWhole ? Interval(sums, known, share, mood, 2 * Math.Pow(Scale(heaviest) / 1_000, 2)) : null,
            isWhole ? null : Bounds(sums, known, mood),
            Direction(memory, voices, sums, isWhole, Scale, Noise),
            Topics(sums, seed),
            sums.Heard,
            sums.Members);
        memory.Last = voices.Where(member => member.Value.Score is not null).ToDictionary(member => member.Key, member => (member.Value.Score!.Value, member.Value.PostScore));
    }

    /// <summary>On the minds of 5, and of 15 with noise of scale 3; the most, so blurred, first.</summary>
    private static string Topics(TownSums sums, (ulong High, ulong Low) seed) => string.Join(' ', sums.Topics
        .Where(topic => topic.Value >= 5)
        .Select(topic => (topic.Key, Members: topic.Value + (TownSecret.Noise(seed, $"topic\n{topic.Key}\n{topic.Value}\n{sums.Digits}", 3_000) / 1_000.0)))
        .Where(topic => topic.Members >= 15)
        .OrderByDescending(topic => topic.Members)
        .ThenBy(topic => topic.Key, StringComparer.Ordinal)
        .Take(8)
        .Select(topic => topic.Key));

    private static (int Score, int Low, int High) Interval(TownSums sums, List<int> known, Dictionary<int, double> share, double mood, double noise)
    {
        var parts = known.Select(stratum =>
        {
            var each = sums.Strata[stratum];
            var spread = (each.Squares - ((double)each.Score * each.Score / each.Heard)) / (each.Heard - 1) / 2_500;
            return (Part: share[stratum] * share[stratum] * (1 - ((double)each.Heard / each.Members)) * spread / each.Heard, Degrees: each.Heard - 1);
        }).ToList();
        var variance = parts.Sum(part => part.Part);
        var inner = parts.Sum(part => part.Part * part.Part / part.Degrees);
        var half = Student(inner > 0 ? variance * variance / inner : double.PositiveInfinity) * Math.Sqrt(variance + noise);
        return (Tenths(mood, Nearest), Tenths(mood - half, Math.Floor), Tenths(mood + half, Math.Ceiling));
    }

    private static (int? Score, int Share, int Low, int High) Bounds(TownSums sums, List<int> known, double mood)
    {
        if (known.Sum(stratum => sums.Strata[stratum].Heard) < 50)
        {
            return (null, 0, -1_000, 1_000);
        }

        var part = (double)known.Sum(stratum => sums.Strata[stratum].Members) / sums.Members;
        var score = Math.Clamp(mood, -1, 1);
        return (
            Tenths(score, Nearest),
            (int)Math.Round(part * 1_000, MidpointRounding.AwayFromZero),
            Tenths((score * part) - (1 - part), Math.Floor),
            Tenths((score * part) + (1 - part), Math.Ceiling));
    }

    private static string Direction(
        TownMemory memory, SortedDictionary<string, TownVoice> voices, TownSums sums, bool isWhole, Func<double, double> scale, Func<string, double, double> noise)
    {
        var both = voices.Where(member => member.Value.Score is not null && memory.Last.ContainsKey(member.Key)).ToList();
        var (change, variance, heaviest) = (0.0, 0.0, 0.0);
        if (isWhole)
        {
            foreach (var stratum in Enumerable.Range(0, 3).Where(stratum => sums.Strata[stratum].Members > 0))
            {
                var changes = both.Where(member => member.Value.Stratum == stratum).Select(member => (member.Value.Score!.Value - memory.Last[member.Key].Score) / 50.0).ToList();
                if (changes.Count < 5)
                {
                    return "Unknown";
                }

                var share = (double)sums.Strata[stratum].Members / sums.Members;
                change += share * changes.Average();
                variance += share * share * changes.Sum(one => Math.Pow(one - changes.Average(), 2)) / (changes.Count - 1) / changes.Count;
                heaviest = Math.Max(heaviest, share / changes.Count);
            }
        }
        else
        {
            var posted = both.Where(member => member.Value.PostScore is not null && memory.Last[member.Key].PostScore is not null).ToList();
            var posts = posted.Sum(member => (double)member.Value.Posts);
            if (posts == 0 || both.Count < 5)
            {
                return "Unknown";
            }

            double Moved(KeyValuePair<string, TownVoice> member) => member.Value.Posts * (member.Value.PostScore!.Value - memory.Last[member.Key].PostScore!.Value) / 50.0;
            change = posted.Sum(Moved) / posts;
            variance = posted.Sum(member => Math.Pow(Moved(member), 2)) / (posts * posts);
            heaviest = sums.MostPosts / posts;
        }

        var blurred = change + noise("direction", 2 * heaviest);
        var least = Math.Max(0.1, 2 * Math.Sqrt(variance + (2 * Math.Pow(scale(2 * heaviest) / 1_000, 2))));
        return blurred >= least ? "Rising" : blurred <= -least ? "Falling" : "Steady";
    }

    private static long Next(long at, long minute, long period) => at - ((at - (minute % period)) % period) + period;

    private static double Nearest(double value) => Math.Round(value, MidpointRounding.AwayFromZero);

    /// <summary>Trimmed to what can be, then to a tenth; what floating point adds in the tenth digit does not count.</summary>
    private static int Tenths(double score, Func<double, double> round) => (int)round(Math.Round(Math.Clamp(score, -1, 1) * 10, 9)) * 100;

    /// <summary>The 95 % quantile of Student's t, by the expansion of Abramowitz and Stegun, 26.7.5.</summary>
    private static double Student(double degrees)
    {
        const double x = 1.6448536269514722;
        var (x2, v) = (x * x, Math.Max(1, degrees));
        var g1 = (x2 + 1) * x / 4;
        var g2 = ((((5 * x2) + 16) * x2) + 3) * x / 96;
        var g3 = ((((((3 * x2) + 19) * x2) + 17) * x2) - 15) * x / 384;
        var g4 = ((((((((79 * x2) + 776) * x2) + 1482) * x2) - 1920) * x2) - 945) * x / 92160;
        return x + ((g1 + ((g2 + ((g3 + (g4 / v)) / v)) / v)) / v);
    }
}
