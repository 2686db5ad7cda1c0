using CustomerContext.SentimentTraining;

namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>What a tool reaches on some lines.</summary>
internal sealed record ToolFigures(string Tool, double? Accuracy, double? MacroF1, double? Forced, double? Pearson)
{
    public static ToolFigures Of(string tool, IReadOnlyList<Verdict> verdicts) =>
        new(tool, Metrics.Accuracy(verdicts), Metrics.MacroF1(verdicts), Metrics.Forced(verdicts), Metrics.Pearson(verdicts));
}

/// <summary>The figures of a file's lines, or of a language's.</summary>
/// <param name="Name">The file, without what tells its parts apart, or the language.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Ours">What our scorer reaches.</param>
/// <param name="Baselines">What the others reach on the same lines.</param>
/// <param name="UnhappyPrecision">Of those that would be shown as unhappy, how many are; absent if none would be.</param>
/// <param name="UnhappyShare">How many would be shown as unhappy.</param>
/// <param name="Deciles">Share right by tenth of confidence, least confident first.</param>
/// <param name="LanguageAccuracy">Language told rightly, of lines of 12 letters or more.</param>
/// <param name="DetectorAccuracy">The same of the language detector beside ours.</param>
internal sealed record FileFigures(
    string Name, int Lines, ToolFigures Ours, ToolFigures[] Baselines, double? UnhappyPrecision, double? UnhappyShare, double[] Deciles, double? LanguageAccuracy, double? DetectorAccuracy)
{
    public static FileFigures Of(string name, (Answer Answer, int Place)[] answers, Baseline[] baselines)
    {
        var ours = answers.Select(item => item.Answer).ToArray();
        var long12 = answers.Where(item => item.Answer.HasLetters).ToArray();
        var detector = Array.Find(baselines, baseline => baseline.Languages is not null);
        return new FileFigures(
            name,
            ours.Length,
            ToolFigures.Of("ours", [.. ours.Select(answer => answer.Verdict)]),
            [
                .. from baseline in baselines
                   let verdicts = baseline.Verdicts(answers.Select(item => (item.Answer.Line, item.Place)))
                   where verdicts.Length > 0
                   select ToolFigures.Of(baseline.Name, verdicts),
            ],
            Metrics.Share([.. ours.Where(answer => answer.IsShownUnhappy)], answer => answer.Line.Label == Label.Negative),
            Metrics.Share(ours, answer => answer.IsShownUnhappy),
            Metrics.Deciles(ours),
            Metrics.Share(long12, item => item.Answer.IsLanguageRight),
            detector is null ? null : Metrics.Share(long12, item => detector.Languages![item.Place] == Domain.Sentiment.TextLanguages.Tag(item.Answer.Line.Language)));
    }
}
