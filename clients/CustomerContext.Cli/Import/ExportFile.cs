using System.Runtime.CompilerServices;
using CustomerContext.Cli.Replay;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Cli.Import;

/// <summary>
/// What a customer can say again, as themselves, of a document that they took out at another provider. The rest is passed over, each thing with its reason. Lines are numbered by statement.
/// </summary>
internal sealed class ExportFile(ExportDocument document) : ISignalFile
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

    private const string Own = "customer";

    public long Position => 0;

    private ExportDocument.KeptSource? OwnSource => Sources.FirstOrDefault(source => source.Source == Own);

    private IReadOnlyList<ExportDocument.KeptSource> Sources => document.Context?.Sources ?? [];

    public async IAsyncEnumerable<ReplayLine> ReadAsync(long doneLines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        var signals = Said().Select((signal, index) => (ReplayLine)new ReplayLine.OfSignal(index + 1, signal)).ToArray();
        var rest = PassedOver().Select((reason, index) => new ReplayLine.Skipped(signals.Length + index + 1, reason));
        foreach (var line in signals.Concat(rest).Where(line => line.Number > doneLines))
        {
            yield return line;
        }
    }

    public void Dispose()
    {
        // The document was read whole.
    }

    private IEnumerable<Signal> Said()
    {
        // A trait without a value was taken back, of which nothing is left to say; corrected to none, it does not hold.
        foreach (var trait in OwnSource?.Traits.Where(trait => trait.Corrects || trait.Value.Length > 0) ?? [])
        {
            var signal = Made("trait", $"{trait.Name}/{trait.Stamp.TieBreak}", trait.Stamp.At);
            if (trait.Corrects)
            {
                signal.Correction = new CorrectionSignal { Trait = new TraitCorrection { Name = trait.Name, Value = trait.Value } };
            }
            else
            {
                signal.Trait = new TraitSignal { Name = trait.Name, Value = trait.Value };
            }

            yield return signal;
        }

        foreach (var topic in OwnSource?.CorrectedTopics.Where(topic => topic.Score is null) ?? [])
        {
            var signal = Made("topic", topic.Topic, topic.Stamp.At);
            signal.Correction = new CorrectionSignal { Topic = new TopicCorrection { Topic = topic.Topic } };
            yield return signal;
        }

        if (OwnSource?.Score is { } score)
        {
            var signal = Made("score", "", score.Stamp.At);
            signal.Correction = new CorrectionSignal { SentimentScore = score.Score / 1_000d };
            yield return signal;
        }

        if (OwnSource?.Survey is { } survey)
        {
            var signal = Made("survey", survey.Question, survey.Stamp.At);
            signal.Survey = new SurveySignal
            {
                Question = survey.Question,
                Answer = survey.Answer / 1_000d,
                ScaleMinimum = survey.ScaleMinimum / 1_000d,
                ScaleMaximum = survey.ScaleMaximum / 1_000d,
            };
            yield return signal;
        }

        foreach (var membership in document.Around?.Memberships.Where(membership => membership.Mine.Holds) ?? [])
        {
            var signal = Made("membership", membership.Tribe, membership.Mine.Began!.Value);
            signal.Membership = new MembershipSignal { TribeId = membership.Tribe, Change = MembershipChange.Joined };
            yield return signal;
        }
    }

    private IEnumerable<string> PassedOver() =>
    [
        .. (document.Around?.Ties ?? []).Where(tie => tie.Mine.Holds).Select(_ => NamesNobody),
        .. Sources.Where(source => source.Source != Own).Select(_ => OfACompany),
        .. (OwnSource?.Conversations ?? []).Concat(OwnSource?.Topics ?? []).Select(_ => SumsOnly),
        .. (OwnSource?.CorrectedTopics ?? []).Where(topic => topic.Score is not null).Select(_ => SumsOnly),
        .. (document.Consent?.Grants ?? []).Select(_ => ConsentGivenAnew),
        .. (document.Disclosures ?? []).Select(_ => OldRecord),
    ];

    /// <summary>A signal under an id that is always the same for the same statement, so that it counts once.</summary>
    private static Signal Made(string kind, string name, long at) => new()
    {
        Id = $"export/{kind}/{name}/{at}",
        OccurredTime = new Timestamp { Seconds = Math.DivRem(at, 1_000, out var millis), Nanos = (int)millis * 1_000_000 },
    };
}
