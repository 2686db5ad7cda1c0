using CustomerContext.V1;
using CustomerContext.Web.Drawing;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Pages.Tribes;

/// <summary>A release in one sentence, above every chart.</summary>
internal static class Sentence
{
    /// <summary>Both scores, and that they differ if they do.</summary>
    public static string Of(TribeRelease? release, Phrases words)
    {
        if (release is null)
        {
            return words["tribe.few"];
        }

        var direction = words.Find($"tribe.way.{release.Direction}") ?? words["tribe.way.Unknown"];
        return release switch
        {
            { Corrected: { } alone, HasShownScore: false } => words["tribe.corrected-only", words[$"tone.{Mood.ClassOf(alone.Score)}"], direction],
            { Corrected: { } corrected } => words[
                Mood.ClassOf(corrected.Score) == Mood.ClassOf(release.ShownScore) ? "tribe.same" : "tribe.differs",
                words[$"tone.{Mood.ClassOf(corrected.Score)}"], words[$"tone.{Mood.ClassOf(release.ShownScore)}"], direction],
            { Known: { HasScore: true } known } => words["tribe.part", words.Share(known.Share), words[$"tone.{Mood.ClassOf(known.Score)}"], direction],
            { HasShownScore: true } => words["tribe.shown-only", words[$"tone.{Mood.ClassOf(release.ShownScore)}"], direction],
            _ => words["tribe.unknown"],
        };
    }

    /// <summary>The score that stands for a release: the corrected one, else as others show it; absent if there is neither.</summary>
    public static double? ScoreOf(TribeRelease release) => release.Corrected?.Score ?? (release.HasShownScore ? release.ShownScore : null);
}
