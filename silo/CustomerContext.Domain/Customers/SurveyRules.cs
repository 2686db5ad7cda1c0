using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>How a survey answer changes what is known: it counts as one message, and the latest is kept.</summary>
internal static class SurveyRules
{
    public static CustomerState Take(CustomerState state, SurveySignal signal, Stamp stamp, Observation? observation)
    {
        if (observation is not { } answer)
        {
            return state;
        }

        var source = Ring.Observe(state.Find(signal.Source)!, stamp.Second, answer).Hear(stamp.Second, answer);
        if (source.Survey is null || stamp > source.Survey.Stamp)
        {
            source = source with
            {
                Survey = new SurveyAnswer(
                    stamp,
                    answer.Score,
                    signal.Question,
                    Thousandths.Of(signal.Answer),
                    Thousandths.Of(signal.ScaleMinimum),
                    Thousandths.Of(signal.ScaleMaximum)),
            };
        }

        return TopicRules.Mention(state.With(source), signal.Source, signal.Topics, stamp.Second, answer);
    }
}
