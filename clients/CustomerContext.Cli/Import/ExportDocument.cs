using System.Text.Json;

namespace CustomerContext.Cli.Import;

/// <summary>What is read of a document of the format of docs/export.md, whose names these are in snake_case. Times are Unix milliseconds, scores and answers thousandths.</summary>
internal sealed record ExportDocument(
    string Format, ExportDocument.KeptConsent? Consent = null, ExportDocument.KeptContext? Context = null, ExportDocument.KeptAround? Around = null, IReadOnlyList<JsonElement>? Disclosures = null)
{
    private const string Known = "customercontext-export-5";

    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="UsageException">It is no such document, or of another format.</exception>
    public static ExportDocument Load(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            if (JsonSerializer.Deserialize<ExportDocument>(stream, _options) is { Format: Known } document)
            {
                return document;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new UsageException($"{file.Name} is no export of the format {Known} (docs/export.md)");
    }

    internal sealed record KeptConsent(KeptPreferences Preferences, IReadOnlyList<JsonElement> Grants);

    internal sealed record KeptPreferences(bool LeaveMeAlone, string? CallMe = null);

    internal sealed record KeptContext(IReadOnlyList<KeptSource> Sources);

    internal sealed record KeptSource(
        string Source,
        IReadOnlyList<KeptTrait> Traits,
        IReadOnlyList<KeptTopic> CorrectedTopics,
        IReadOnlyList<JsonElement> Conversations,
        IReadOnlyList<JsonElement> Topics,
        KeptScore? Score = null,
        KeptSurvey? Survey = null);

    internal sealed record KeptStamp(long At, long TieBreak);

    internal sealed record KeptTrait(string Name, string Value, KeptStamp Stamp, bool Corrects);

    internal sealed record KeptTopic(string Topic, KeptStamp Stamp, int? Score = null);

    internal sealed record KeptScore(KeptStamp Stamp, int Score);

    internal sealed record KeptSurvey(KeptStamp Stamp, string Question, long Answer, long ScaleMinimum, long ScaleMaximum);

    internal sealed record KeptAround(IReadOnlyList<KeptTie> Ties, IReadOnlyList<KeptMembership> Memberships);

    internal sealed record KeptTie(KeptStatement Mine);

    internal sealed record KeptMembership(string Tribe, KeptStatement Mine);

    internal sealed record KeptStatement(long? Began = null, long? Ended = null)
    {
        /// <summary>True if the customer said yes last.</summary>
        public bool Holds => Began is { } began && began > (Ended ?? 0);
    }
}
