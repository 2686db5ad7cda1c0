using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>Who stands above the inferred headline score: the customer, else a survey, else an agent; of equals the latest.</summary>
internal static class Overrides
{
    public static StandingScore? Standing(Seen seen)
    {
        StandingScore? best = null;
        foreach (var source in seen.Sources)
        {
            var id = source.Context.Source;
            if (source.Context.Score is { } corrected)
            {
                var author = id == SourceId.Customer ? Author.Customer : Author.Agent;
                Consider(new StandingScore(author, id, corrected.Stamp, corrected.Score, Limits.Customers.CorrectionSeconds));
            }

            if (source.Context.Survey is { } survey)
            {
                Consider(new StandingScore(Author.Survey, id, survey.Stamp, survey.Score, Limits.Customers.SurveySeconds));
            }

            void Consider(StandingScore next)
            {
                if (source.SeesMillisecond(next.Stamp.At) && seen.Now - next.Stamp.Second < next.StandsSeconds && (best is null || next.Beats(best)))
                {
                    best = next;
                }
            }
        }

        return best;
    }
}

/// <summary>A score that stands above the inferred one.</summary>
internal sealed record StandingScore(Author Author, SourceId Source, Stamp Stamp, int Score, long StandsSeconds)
{
    public Provenance Provenance => Author == Author.Agent ? Provenance.Observed : Provenance.Declared;

    public ScoreOverride Shown => new(
        Author,
        DateTimeOffset.FromUnixTimeMilliseconds(Stamp.At),
        DateTimeOffset.FromUnixTimeSeconds(Stamp.Second + StandsSeconds));

    public bool Beats(StandingScore other) =>
        Author != other.Author ? Author > other.Author : ConversationRules.CompareLatest(Source, Stamp, other.Source, other.Stamp) > 0;
}
