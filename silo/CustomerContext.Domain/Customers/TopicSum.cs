using System.Collections.Immutable;

namespace CustomerContext.Domain.Customers;

/// <summary>One topic over all seen sources.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Weight">Decayed mentions, thousandths, above 0.</param>
/// <param name="LastMentioned">Unix second.</param>
/// <param name="Sentiment">Own sentiment.</param>
/// <param name="Weeks">Weeks with a mention.</param>
internal sealed record TopicSum(string Topic, int Weight, long LastMentioned, Horizon Sentiment, ImmutableArray<int> Weeks);
