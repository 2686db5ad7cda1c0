using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Web.Facets;

/// <summary>"This is wrong", as the button says it: "topic:router", "trait:support_tier", "sentiment:0.6".</summary>
internal static class Correction
{
    /// <summary>The signal for it, without subject, id and time. Absent: the button says nothing that can be wrong.</summary>
    public static Signal? Of(string? what, bool isCustomer)
    {
        var (kind, value) = what?.Split(':', 2) is [var before, var after] ? (before, after) : ("", "");
        var correction = new CorrectionSignal { Author = isCustomer ? Author.Customer : Author.Agent };
        switch (kind)
        {
            case "topic":
                correction.Topic = new TopicCorrection { Topic = value };
                break;
            case "trait":
                correction.Trait = new TraitCorrection { Name = value };
                break;
            case "sentiment" when double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var score) && score is >= -1 and <= 1:
                correction.SentimentScore = score;
                break;
            default:
                return null;
        }

        return new Signal { Correction = correction };
    }

    /// <summary>With an id and the time.</summary>
    public static Signal Stamp(Signal signal, DateTimeOffset now)
    {
        signal.Id = $"page-{Guid.CreateVersion7(now):N}";
        signal.OccurredTime = now.ToTimestamp();
        return signal;
    }
}
