using CustomerContext.Domain.Common;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Demo;

/// <summary>Who knows whom in the demo town, and who is in which tribe: circles of friends, a dozen well-known people, four tribes.</summary>
internal static class DemoTies
{
    /// <summary>Friends who thanked somebody.</summary>
    public const int Thankful = 8;

    private const int Circle = 12;
    private const int FirstKnown = 20;
    private const int Known = 12;

    /// <summary>Their names and topics are those of the silo's configuration.</summary>
    private static readonly TribeTopics[] _tribes =
    [
        new("e-bikers", ["e-bike", "warranty"]), new("coffee-lovers", ["coffee"]), new("home-gardeners", ["garden"]), new("night-owls", ["router", "app"]),
    ];

    /// <summary>How far the members of each tribe feel better or worse than the town.</summary>
    private static readonly double[] _moods = [-0.5, 0.4, 0, -0.2];

    /// <summary>How far person <paramref name="number"/> feels better or worse than the town, as others of their first tribe do.</summary>
    public static double MoodOf(int number) => _moods[(number - 1) % _moods.Length];

    /// <summary>The friends of person <paramref name="number"/>, in a town of <paramref name="people"/>: everybody in their circle.</summary>
    public static IEnumerable<int> Friends(int number, int people)
    {
        var first = ((number - 1) / Circle * Circle) + 1;
        return Enumerable.Range(first, Circle).Where(other => other != number && other <= people);
    }

    /// <summary>Whom they follow: the first one, and every fifth, follows those whom everybody knows.</summary>
    public static IEnumerable<int> Follows(int number, int people) => number == 1 || number % 5 == 0
        ? Enumerable.Range(FirstKnown, Known).Where(other => other != number && other <= people)
        : [];

    /// <summary>Their tribes: one each, and a second for every third.</summary>
    public static IEnumerable<TribeId> Tribes(int number)
    {
        yield return new TribeId(_tribes[(number - 1) % _tribes.Length].Tribe);
        if (number % 3 == 1)
        {
            yield return new TribeId(_tribes[number % _tribes.Length].Tribe);
        }
    }

    /// <summary>A few answer far more people than others do, so that their voice stands out in their tribe: in every four circles one about each thing.</summary>
    public static bool IsVoice(int number) => number > Circle && number % (4 * Circle) is 1 or 2 or 6 or 9 or 10;

    /// <summary>Who thanked them for an answer: some friends of every fourth; of those whose voice stands out the whole neighbourhood. Only people who count are counted.</summary>
    public static IEnumerable<int> ThankedBy(int number, int people) =>
        IsVoice(number) ? Enumerable.Range(number + 1, 3 * Circle).Where(other => other <= people && Contributes(other))
        : number % 4 == 1 ? Friends(number, people).Where(Contributes).Take(Thankful)
        : [];

    /// <summary>Whom a company takes for a friend of every fourth: somebody of the next circle. It is proposed until they answer.</summary>
    public static IEnumerable<int> Proposed(int number, int people) => number % 4 == 1 && number + Circle <= people ? [number + Circle] : [];

    /// <summary>The tribe that a company proposes to every fourth.</summary>
    public static IEnumerable<TribeId> ProposedTribes(int number) => number % 4 == 1 ? [new TribeId(_tribes[(number + 1) % _tribes.Length].Tribe)] : [];

    /// <summary>What a tribe is about.</summary>
    public static TribeTopics TopicsOf(string tribe) => _tribes.Single(one => one.Tribe == tribe);

    /// <summary>Whether they let themselves be counted: most do.</summary>
    public static bool Contributes(int number) => number % 6 != 5;
}
