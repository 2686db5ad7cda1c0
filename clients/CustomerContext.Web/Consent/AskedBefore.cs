using System.Text.Json;
using CustomerContext.Client;

namespace CustomerContext.Web.Consent;

/// <summary>
/// Something that the customer was asked. The service keeps the last question of a tribe and the last answer from each source, and hands them over in the export (docs/export.md), so that is where
/// this is read.
/// </summary>
/// <param name="By">Who asked: a tribe's name, or a company.</param>
/// <param name="About">The topic, or the coded name of the question.</param>
/// <param name="At">When.</param>
/// <param name="IsAnswered">Whether there was an answer.</param>
/// <param name="Answer">The answer on its scale, "4 / 5". Empty: there is none, or it is not kept.</param>
internal sealed record AskedBefore(string By, string About, DateTimeOffset At, bool IsAnswered, string Answer)
{
    private const string Customer = "customer";
    private const double Thousand = 1000;

    /// <summary>All of it, newest first.</summary>
    /// <param name="me">The customer.</param>
    /// <param name="tribes">Names of tribes, by id.</param>
    /// <param name="stop">The reader has gone.</param>
    /// <exception cref="CustomerContextException">The export could not be had.</exception>
    public static async Task<IReadOnlyList<AskedBefore>> Read(MeHandle me, IReadOnlyDictionary<string, string> tribes, CancellationToken stop)
    {
        using var document = new MemoryStream();
        await me.ExportAsync(document, stop);
        document.Position = 0;
        using var export = await JsonDocument.ParseAsync(document, cancellationToken: stop);
        var answers = Answers(export.RootElement);
        var all = answers.Where(answer => answer.By != Customer).ToList();
        if (Find(export.RootElement, "around", "asked") is { } asked)
        {
            var at = asked.GetProperty("asked_at").GetDateTimeOffset();
            var tribe = asked.GetProperty("tribe").GetString()!;
            var mine = answers.Find(answer => answer.By == Customer && answer.At >= at);
            all.Add(new AskedBefore(tribes.GetValueOrDefault(tribe, tribe), asked.GetProperty("topic").GetString()!, at, asked.GetProperty("is_answered").GetBoolean(), mine?.Answer ?? ""));
        }

        return [.. all.OrderByDescending(one => one.At)];
    }

    private static List<AskedBefore> Answers(JsonElement export) => Find(export, "context", "sources") is not { } sources ? [] :
    [
        .. sources.EnumerateArray().Where(source => source.TryGetProperty("survey", out _)).Select(source =>
        {
            var answer = source.GetProperty("survey");
            return new AskedBefore(
                source.GetProperty("source").GetString()!.Split('/')[0],
                answer.GetProperty("question").GetString()!,
                DateTimeOffset.FromUnixTimeMilliseconds(answer.GetProperty("stamp").GetProperty("at").GetInt64()),
                true,
                $"{answer.GetProperty("answer").GetDouble() / Thousand:0.#} / {answer.GetProperty("scale_maximum").GetDouble() / Thousand:0.#}");
        }),
    ];

    private static JsonElement? Find(JsonElement export, string part, string field) =>
        export.TryGetProperty(part, out var found) && found.TryGetProperty(field, out var value) ? value : null;
}
