using System.Collections.Immutable;

namespace CustomerContext.Testing.Groups;

/// <summary>Attacks on the feelings of one member of a group, and how often they succeed.</summary>
public static class Attacks
{
    private const double Half = 50;
    private static readonly DateTimeOffset Start = new(2026, 11, 19, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Long = Start.AddDays(-60);

    /// <summary>The kinds of groups: its smallest and so most exposed size, and how its gate is made.</summary>
    public static ImmutableArray<AttackedGroup> Groups { get; } =
    [
        new("network of 7", 7, seed => new NetworkGate(seed)),
        new("network of 12", 12, seed => new NetworkGate(seed)),
        new("tribe of 50", 50, seed => new TribeGate(seed)),
        new("tribe of 120", 120, seed => new TribeGate(seed)),
        new("trend of 50", 50, seed => new TrendGate(seed)),
    ];

    /// <summary>Every attack that must fail.</summary>
    public static ImmutableArray<Attack> MustFail { get; } =
    [
        new("joiner: the target joins between two releases", group => 0, Joiner),
        new("leaver: the target leaves between two releases", group => 0, (town, gate, group) => Leaver(town, gate, group, comesBack: false)),
        new("eraser: own accounts leave with the target, and come back", group => group / 3, (town, gate, group) => Leaver(town, gate, group, comesBack: true)),
        new("poller: the target speaks between two releases, read for a week", group => 0, Poller),
        new("tenant: reads 30 % of the members, for a week", group => (group * 3 / 10), Tenant),
    ];

    /// <summary>The one that succeeds, and the documentation says so.</summary>
    public static Attack AllButOne { get; } = new("controls all accounts but the target's", group => group - 1, Controller);

    /// <summary>Runs an attack so many times.</summary>
    /// <returns>By how much the target's sign is guessed better than blindly, through the gate and with the gate open; in points of 100.</returns>
    public static AttackResult Run(Attack attack, AttackedGroup group, int trials, int seed) => new(
        attack.Name,
        group.Name,
        trials,
        Gain(attack, group, trials, seed, i => group.Gate((ulong)(seed + i))),
        Gain(attack, group, trials, seed, _ => new OpenGate()));

    private static double Gain(Attack attack, AttackedGroup group, int trials, int seed, Func<int, IAttackGate> gate)
    {
        var read = new List<(double[] Read, bool IsPositive)>(trials);
        for (var i = 0; i < trials; i++)
        {
            // One member more than the gate asks for, so that it stays open without the target.
            var town = new AttackTown(unchecked((seed * 7_919) + i), group.Members + 1, attack.Known(group.Members + 1));
            read.Add((attack.Read(town, gate(i), group.Members + 1), town.IsTargetPositive));
        }

        var positive = read.Skip(trials / 2).Average(trial => trial.IsPositive ? 1.0 : 0.0);
        return (Guesser.Accuracy(read) - Math.Max(positive, 1 - positive)) * 100;
    }

    private static double[] Joiner(AttackTown town, IAttackGate gate, int members)
    {
        town.Contribute(1, members, Start, Long);
        var before = gate.Read(town, Start);
        town.Contribute(0, 1, Start.AddDays(1), Long); // Long settled elsewhere: at once counted, which is the worst for them.
        var after = gate.Read(town, Start.AddDays(1));
        return Compare(before, after);
    }

    private static double[] Leaver(AttackTown town, IAttackGate gate, int members, bool comesBack)
    {
        town.Contribute(0, members, Start, Long);
        var before = gate.Read(town, Start);
        town.Remove(0, Start.AddDays(1));
        for (var own = 1; comesBack && own <= Math.Min(5, town.Known); own++)
        {
            town.Remove(own, Start.AddDays(1));
        }

        var after = gate.Read(town, Start.AddDays(1));
        var back = Start.AddDays(2);
        if (comesBack)
        {
            town.Contribute(1, 1 + Math.Min(5, town.Known), back, back);
        }

        // Members who come back count in a network a week later.
        var later = back.AddDays(7);
        town.Contribute(1 + Math.Min(5, town.Known), members, later, Long);
        return [.. Compare(before, after), .. gate.Read(town, back), .. gate.Read(town, later), town.KnownMean];
    }

    private static double[] Poller(AttackTown town, IAttackGate gate, int members)
    {
        town.Contribute(1, members, Start, Long);
        var read = new List<double[]>();
        for (var day = 0; day < 7; day++)
        {
            var at = Start.AddDays(day);
            if (day == 3)
            {
                read.Add(gate is OpenGate ? gate.Read(town, at) : read[^1]); // Between releases there is nothing new to read.
                town.Contribute(0, 1, at, Long);
                read.Add(gate is OpenGate ? gate.Read(town, at) : read[^1]);
            }

            town.LiveOn(0.2, 1, members);
            town.Contribute(1, members, at, Long);
            read.Add(gate.Read(town, at));
        }

        return [.. Compare(read[3], read[4]), .. Compare(Mean(read.Take(3)), Mean(read.Skip(5)))];
    }

    private static double[] Tenant(AttackTown town, IAttackGate gate, int members)
    {
        var reads = new List<double[]>();
        for (var day = 0; day < 7; day++)
        {
            town.Contribute(0, members, Start.AddDays(day), Long);
            var read = gate.Read(town, Start.AddDays(day));

            // What is left for those who are not known, if the score were exact.
            reads.Add([.. read, (read[1] * members) - (town.KnownMean * town.Known), town.KnownMean]);
            town.LiveOn(0.3, 0, members);
        }

        return Mean(reads);
    }

    /// <summary>Every day all own accounts say something else, in a sweep; what is left over of the mean, and how often the word turns, is the target.</summary>
    private static double[] Controller(AttackTown town, IAttackGate gate, int members)
    {
        const int sweep = 28;
        var days = members < 20 ? 728 : 196; // The smaller the group, the more the noise, and the more days it takes.
        var (left, words) = (0.0, 0.0);
        for (var day = 0; day < days; day++)
        {
            var own = (int)(Half * (0.2 + (0.05 * ((day % sweep) - (sweep / 2)))));
            Array.Fill(town.Scores, own, 1, members - 1);
            town.Contribute(0, members, Start.AddDays(day), Long);
            var read = gate.Read(town, Start.AddDays(day));
            left += (read[1] * members) - (own * (members - 1) / Half);
            words += read[1];
        }

        return [left / days, words / days];
    }

    private static double[] Compare(double[] before, double[] after) =>
        [.. after.Zip(before, (later, earlier) => later - earlier), .. after, (after[0] * after[1]) - (before[0] * before[1])];

    private static double[] Mean(IEnumerable<double[]> reads)
    {
        var all = reads.ToList();
        return [.. all[0].Select((_, j) => all.Average(read => read[j]))];
    }
}

/// <summary>An attack.</summary>
/// <param name="Name">For people.</param>
/// <param name="Known">Of a group of so many: how many members' feelings the attacker knows.</param>
/// <param name="Read">Carries it out, and returns all that was learnt.</param>
public sealed record Attack(string Name, Func<int, int> Known, Func<AttackTown, IAttackGate, int, double[]> Read);

/// <summary>What is attacked.</summary>
/// <param name="Name">For people.</param>
/// <param name="Members">Without the one more that keeps the gate open.</param>
/// <param name="Gate">The product's gate.</param>
public sealed record AttackedGroup(string Name, int Members, Func<ulong, IAttackGate> Gate);

/// <summary>How often it succeeded.</summary>
/// <param name="Attack">Which.</param>
/// <param name="Group">On what.</param>
/// <param name="Trials">How often; half of them to learn from.</param>
/// <param name="Gain">Points of 100 by which the target's sign was guessed better than blindly.</param>
/// <param name="GainWithoutGate">The same with the gate open.</param>
public sealed record AttackResult(string Attack, string Group, int Trials, double Gain, double GainWithoutGate);
