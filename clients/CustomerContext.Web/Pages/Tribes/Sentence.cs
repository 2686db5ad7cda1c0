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
            { Corrected: { } corrected } => words[
                Mood.ClassOf(corrected.Score) == Mood.ClassOf(release.ShownScore) ? "tribe.same" : "tribe.differs",
                words[$"tone.{Mood.ClassOf(corrected.Score)}"], words[$"tone.{Mood.ClassOf(release.ShownScore)}"], direction],
            { Known: { } known } => words["tribe.part", words.Share(known.Share), words[$"tone.{Mood.ClassOf(known.Score)}"], direction],
            _ => words["tribe.shown-only", words[$"tone.{Mood.ClassOf(release.ShownScore)}"], direction],
        };
    }
}
