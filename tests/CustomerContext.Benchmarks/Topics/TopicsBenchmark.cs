using System.Diagnostics;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Topics;

namespace CustomerContext.Benchmarks.Topics;

/// <summary>
/// How often the words of a question's intent are among the top three topics, beside plain keywords; how many questions the deny-list stops; what finding topics costs.
/// </summary>
internal static class TopicsBenchmark
{
    private const int Passes = 20;

    /// <summary>Runs with the folder of the questions and <c>--json</c>.</summary>
    /// <exception cref="FormatException">There are no questions, or an option is unknown.</exception>
    public static void Run(IReadOnlyList<string> arguments)
    {
        if (arguments is not ([_] or [_, "--json"]))
        {
            throw new FormatException("topics DIR [--json]");
        }

        var questions = Intents.Read(arguments[0]);
        var stopWords = ListFile.Words("stop-en").ToHashSet(StringComparer.Ordinal);
        var counts = KeywordBaseline.Count(questions.Select(question => question.Text), stopWords);
        var gate = TopicGate.OfTenant([]);
        Row[] rows =
        [
            Measure("topics", text => [.. gate.Read([], text, "en").Topics]),
            Measure("first keywords", text => KeywordBaseline.First(text, stopWords)),
            Measure("longest keywords", text => KeywordBaseline.Longest(text, stopWords)),
            Measure("rarest keywords", text => KeywordBaseline.Rarest(text, stopWords, counts)),
        ];
        string[] stopped = [.. questions.Select(question => question.Text).Where(text => gate.Read([], text, "en").IsDenied)];
        string[] refused = [.. questions.Select(question => question.Intent).Distinct().Where(intent => !gate.Allows(TopicName.Normalise(intent.Trim('?'))))];
        var cost = Cost.Of(questions.Select(question => question.Text).ToArray());
        if (arguments.Count == 2)
        {
            Json.Print(new { Benchmark = "topics", Questions = questions.Count, Rows = rows, Stopped = stopped, IntentsThatDoNotPass = refused, Cost = cost });
            return;
        }

        Console.WriteLine($"{questions.Count} questions; of their intents' words, in the top three:\n");
        Table.Print(
        [
            ["", "at least one", "share of them", "share of what is named", "distinct names"],
            .. rows.Select(row => (string[])[row.Name, $"{row.AtLeastOne:P1}", $"{row.OfIntent:P1}", $"{row.OfNamed:P1}", $"{row.Distinct}"]),
        ]);
        Console.WriteLine($"\nstopped by the deny-lists: {stopped.Length}{string.Concat(stopped.Select(text => $"\n  {text}"))}");
        Console.WriteLine($"intents that are no topic when given: {refused.Length} {string.Join(' ', refused)}");
        Console.WriteLine($"finding: {cost.MessagesASecond:0} messages a second of one core's time, {cost.BytesAMessage:0} bytes allocated a message");

        Row Measure(string name, Func<string, string[]> topics)
        {
            var (hits, ofIntent, ofNamed, named, names) = (0, 0.0, 0, 0, new HashSet<string>(StringComparer.Ordinal));
            foreach (var (text, intent) in questions)
            {
                var wanted = Intents.WordsOf(intent, stopWords);
                var found = topics(text);
                string[] words = [.. found.SelectMany(topic => topic.Split('-'))];
                var covered = wanted.Count(want => words.Any(word => IsSame(want, word)));
                hits += covered > 0 ? 1 : 0;
                ofIntent += (double)covered / wanted.Length;
                ofNamed += found.Count(topic => topic.Split('-').Any(word => wanted.Any(want => IsSame(want, word))));
                named += found.Length;
                names.UnionWith(found);
            }

            return new Row(name, (double)hits / questions.Count, ofIntent / questions.Count, (double)ofNamed / Math.Max(1, named), names.Count);
        }
    }

    /// <summary>One word in two forms: they begin alike up to the last letter of the shorter, four letters at least, or differ by one letter more.</summary>
    private static bool IsSame(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        var alike = shorter.AsSpan().CommonPrefixLength(longer);
        return (alike == shorter.Length && longer.Length <= shorter.Length + 1) || alike >= Math.Max(4, shorter.Length - 1);
    }

    /// <summary>How one way does.</summary>
    private sealed record Row(string Name, double AtLeastOne, double OfIntent, double OfNamed, int Distinct);

    /// <summary>What finding alone costs: processor time, so that what else the machine does matters little.</summary>
    private sealed record Cost(double MessagesASecond, double BytesAMessage)
    {
        public static Cost Of(string[] texts)
        {
            Find(texts);
            using var process = Process.GetCurrentProcess();
            var (before, allocated) = (process.UserProcessorTime, GC.GetAllocatedBytesForCurrentThread());
            for (var pass = 0; pass < Passes; pass++)
            {
                Find(texts);
            }

            process.Refresh();
            var count = (double)texts.Length * Passes;
            return new Cost(
                count / (process.UserProcessorTime - before).TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / count);
        }

        private static void Find(string[] texts)
        {
            foreach (var text in texts)
            {
                TopicFinder.Find(TopicVocabulary.Shared, text, TextLanguage.English);
            }
        }
    }
}
