using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using CustomerContext.Domain.Sentiment;
using CustomerContext.SentimentTraining;

namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>A tool that nobody here wrote, and what it made of each line; told the line's language, unlike ours.</summary>
/// <param name="Name">Its npm package.</param>
/// <param name="Missing">Why it did not run; absent if it did.</param>
/// <param name="PerSecond">Lines per second of processor time.</param>
/// <param name="Band">Scores not beyond it are neutral.</param>
/// <param name="Scores">One a line; absent for a language that it does not know.</param>
/// <param name="Languages">Of a language detector: the tag it found, a line.</param>
internal sealed record Baseline(string Name, string? Missing, double PerSecond, double Band, double?[]? Scores, string[]? Languages)
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web);

    /// <summary>What it says of those of the lines that it can read.</summary>
    public Verdict[] Verdicts(IEnumerable<(Line Line, int Place)> lines) =>
    [
        .. from line in lines
           let score = Scores?[line.Place]
           where score is not null
           select new Verdict(line.Line, score.Value, Math.Abs(score.Value) <= Band ? Label.Neutral : score < 0 ? Label.Negative : Label.Positive),
    ];

    /// <summary>Runs them all with Node, from where they are installed: beside the sources.</summary>
    public static async Task<Baseline[]> Run(Line[] lines)
    {
        var folder = Path.Combine("tests", "CustomerContext.Benchmarks", "Sentiment", "baselines");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await Console.Error.WriteLineAsync($"No baselines: npm --prefix {folder} install");
            return [];
        }

        var (input, output) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            await File.WriteAllTextAsync(input, JsonSerializer.Serialize(lines.Select(line => new { Language = TextLanguages.Tag(line.Language), line.Text }), _options));
            using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "baselines.mjs"), input, output]) { RedirectStandardOutput = true })!;
            await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            return node.ExitCode == 0 ? JsonSerializer.Deserialize<Baseline[]>(await File.ReadAllTextAsync(output), _options)! : [];
        }
        catch (Win32Exception)
        {
            await Console.Error.WriteLineAsync("No baselines: there is no node on the path.");
            return [];
        }
        finally
        {
            File.Delete(input);
            File.Delete(output);
        }
    }
}
