using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerContext.Cli.Replay;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Cli.Import;

/// <summary>
/// What a customer can say again, as themselves, of a document that they took out at another provider (docs/export.md). The rest is passed over, each thing with its reason: it is
/// somebody else's to say, or it names nobody, or it was a yes to others. Lines are numbered by statement.
/// </summary>
internal sealed class ExportFile : ISignalFile
{
    /// <summary>A friend or a followed person: the document does not say who they are.</summary>
    public const string NamesNobody = "NAMES_NOBODY";

    /// <summary>What a company or a network sent: theirs to send.</summary>
    public const string OfACompany = "OF_A_COMPANY";

    /// <summary>What was made of own words, which are not kept.</summary>
    public const string SumsOnly = "SUMS_ONLY";

    /// <summary>A yes, which holds for the provider to whom it was given.</summary>
    public const string ConsentGivenAnew = "CONSENT_GIVEN_ANEW";

    /// <summary>The other provider's record of looks and changes.</summary>
    public const string OldRecord = "OLD_RECORD";

    private const string Format = "customercontext-export-4";
    private const string Own = "customer";

    private readonly JsonNode _document;

    private ExportFile(JsonNode document) => _document = document;

    public long Position => 0;

    /// <summary>The name by which the customer wants to be called. Absent: none.</summary>
    public string? CallMe => (string?)_document["consent"]?["preferences"]?["call_me"];

    /// <summary>True if the customer wants to be left alone.</summary>
    public bool LeaveMeAlone => (bool?)_document["consent"]?["preferences"]?["leave_me_alone"] ?? false;

    /// <exception cref="UsageException">It is no such document.</exception>
    public static ExportFile Load(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            var document = JsonNode.Parse(stream);
            return (string?)document?["format"] == Format
                ? new ExportFile(document)
                : throw new UsageException($"{file.Name} is no export of the format {Format} (docs/export.md)");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"{file.Name} is no export of the format {Format} (docs/export.md)");
        }
    }

    public async IAsyncEnumerable<ReplayLine> ReadAsync(long doneLines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        var number = 0L;
        foreach (var signal in Said())
        {
            if (++number > doneLines)
            {
                yield return new ReplayLine.OfSignal(number, signal);
            }
        }

        foreach (var reason in PassedOver())
        {
            yield return new ReplayLine.Skipped(++number, reason);
        }
    }

    public void Dispose()
    {
        // The document was read whole.
    }

    private IEnumerable<Signal> Said() => Sources.Where(IsOwn).SelectMany(SaidIn).Concat(
        List("around", "memberships").Where(one => Holds(one["mine"])).Select(one => Made(
            "membership",
            (string)one["tribe"]!,
            (long)one["mine"]!["began"]!,
            signal => signal.Membership = new MembershipSignal { TribeId = (string)one["tribe"]!, Change = MembershipChange.Joined })));

    private static IEnumerable<Signal> SaidIn(JsonNode source)
    {
        foreach (var trait in List(source, "traits").Where(one => (string)one["value"]! != ""))
        {
            var (name, value) = ((string)trait["name"]!, (string)trait["value"]!);
            yield return Made("trait", $"{name}/{trait["stamp"]!["tie_break"]}", At(trait), signal => _ = (bool)trait["corrects"]!
                ? (object)(signal.Correction = new CorrectionSignal { Trait = new TraitCorrection { Name = name, Value = value } })
                : signal.Trait = new TraitSignal { Name = name, Value = value });
        }

        foreach (var topic in List(source, "corrected_topics").Where(one => one["score"] is null))
        {
            var name = (string)topic["topic"]!;
            yield return Made("topic", name, At(topic), signal => signal.Correction = new CorrectionSignal { Topic = new TopicCorrection { Topic = name } });
        }

        if (source["score"] is { } score)
        {
            yield return Made("score", "", At(score), signal => signal.Correction = new CorrectionSignal { SentimentScore = Thousandths(score["score"]) });
        }

        if (source["survey"] is { } survey)
        {
            yield return Made("survey", "", At(survey), signal => signal.Survey = new SurveySignal
            {
                Question = (string)survey["question"]!,
                Answer = Thousandths(survey["answer"]),
                ScaleMinimum = Thousandths(survey["scale_minimum"]),
                ScaleMaximum = Thousandths(survey["scale_maximum"]),
            });
        }
    }

    private IEnumerable<string> PassedOver() =>
    [
        .. List("around", "ties").Where(tie => Holds(tie["mine"])).Select(_ => NamesNobody),
        .. Sources.Where(source => !IsOwn(source)).Select(_ => OfACompany),
        .. Sources.Where(IsOwn).SelectMany(source => List(source, "conversations").Concat(List(source, "topics"))).Select(_ => SumsOnly),
        .. List("consent", "grants").Select(_ => ConsentGivenAnew),
        .. List(_document, "disclosures").Select(_ => OldRecord),
    ];

    private IEnumerable<JsonNode> Sources => List("context", "sources");

    private static bool IsOwn(JsonNode source) => (string?)source["source"] == Own;

    /// <summary>True if the customer said yes last.</summary>
    private static bool Holds(JsonNode? statement) => (long?)statement?["began"] is { } began && began > ((long?)statement!["ended"] ?? 0);

    /// <summary>A signal under an id that is always the same for the same statement, so that it counts once.</summary>
    private static Signal Made(string kind, string name, long at, Action<Signal> fill)
    {
        var signal = new Signal
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"export/{kind}/{name}/{at}"),
            OccurredTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(at)),
        };
        fill(signal);
        return signal;
    }

    private static long At(JsonNode said) => (long)said["stamp"]!["at"]!;

    private static double Thousandths(JsonNode? number) => (double)number! / 1_000;

    private IEnumerable<JsonNode> List(string part, string name) => List(_document[part], name);

    private static IEnumerable<JsonNode> List(JsonNode? part, string name) => (part?[name] as JsonArray ?? []).OfType<JsonNode>();
}
