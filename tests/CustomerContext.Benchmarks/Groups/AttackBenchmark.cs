using CustomerContext.Benchmarks.Output;
using CustomerContext.Testing.Groups;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>How much attackers learn about one member of a group; a simulation, not a measurement of speed.</summary>
internal static class AttackBenchmark
{
    private const int Seed = 20261125;

    public static void Run(int trials, bool json)
    {
        var results = Attacks.MustFail
            .SelectMany(_ => Attacks.Groups, (attack, group) => Attacks.Run(attack, group, trials, Seed))
            .Concat(Attacks.Groups.Select(group => Attacks.Run(Attacks.AllButOne, group, Math.Max(2, trials / 10), Seed))) // Of many days each.
            .ToList();
        if (json)
        {
            Json.Print(new { Benchmark = "attacks", Seed, Results = results });
            return;
        }

        Table.Print(
        [
            ["attack", "on", "points gained", "without the gate"],
            .. results.Select(result => (string[])[result.Attack, result.Group, $"{result.Gain:0.0}", $"{result.GainWithoutGate:0.0}"]),
        ]);
    }
}
