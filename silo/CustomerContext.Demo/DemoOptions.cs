using System.Collections.Immutable;
using CustomerContext.Silo.Config;

namespace CustomerContext.Demo;

/// <summary>The demo's own part of the command line; the rest is the silo's.</summary>
/// <param name="People">How many people live in the town, 13 to 100,000: the first circle of friends and somebody who knows none of them.</param>
/// <param name="IsFresh">True if the town of an earlier start goes first.</param>
/// <param name="Silo">What the silo is told.</param>
internal sealed record DemoOptions(int People, bool IsFresh, ImmutableArray<string> Silo)
{
    /// <summary>What <c>--help</c> says of them.</summary>
    public const string Help =
        """
        The silo with a demo town, in development mode (local tokens, loopback only).
          --demo-people N
              How many made-up people live there, 13 to 100,000. Default: 600.
          --fresh
              Deletes the data folder of an earlier demo first. It never deletes anything else.
        And everything that the silo takes:

        """;

    private const int DefaultPeople = 600;
    private const int FewestPeople = 13;
    private const int MostPeople = 100_000;
    private const string PeopleName = "--demo-people";
    private const string FreshName = "--fresh";

    /// <summary>Reads <paramref name="args"/>.</summary>
    /// <exception cref="SiloConfigException">The number of people is none, or out of bounds.</exception>
    public static DemoOptions Read(IReadOnlyList<string> args)
    {
        var (people, isFresh, silo) = (DefaultPeople, false, new List<string> { "--development" });
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case FreshName:
                    isFresh = true;
                    break;
                case PeopleName when i + 1 < args.Count && int.TryParse(args[i + 1], out var number) && number is >= FewestPeople and <= MostPeople:
                    (people, i) = (number, i + 1);
                    break;
                case PeopleName:
                    throw new SiloConfigException([$"{PeopleName} must be {FewestPeople} to {MostPeople}"]);
                default:
                    silo.Add(args[i]);
                    break;
            }
        }

        return new DemoOptions(people, isFresh, [.. silo]);
    }
}
