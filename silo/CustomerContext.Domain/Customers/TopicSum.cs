using System.Collections.Immutable;

namespace CustomerContext.Domain.Customers;

/// <summary>One topic over all seen sources.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Weight">Decayed mentions, thousandths, above 0.</param>
/// <param name="LastMentioned">Unix second.</param>
/// <param name="Sentiment">Own sentiment.</param>
/// <param name="Weeks">N of each week with a mention, as of its start, thousandths.</param>
internal sealed record TopicSum(string Topic, int Weight, long LastMentioned, Horizon Sentiment, ImmutableDictionary<int, long> Weeks);
