using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Customers;

/// <summary>What is known of two customers who are one person (<see cref="MergeRules"/>), put side by side for one look and kept nowhere.</summary>
public static class MergedContext
{
    /// <summary>
    /// Both contexts. A source that told us of both stands there twice: sums add up, and of single words the latest counts, as between any two sources.
    /// </summary>
    public static CustomerState Of(CustomerState one, CustomerState other) => one with
    {
        Newest = Math.Max(one.Newest, other.Newest),
        Sources = [.. one.Sources.Concat(other.Sources).OrderBy(source => source.Source.Value, StringComparer.Ordinal)],
        TopicError = TopicRules.Weight(one.TopicError, one.Newest) >= TopicRules.Weight(other.TopicError, one.Newest) ? one.TopicError : other.TopicError,
        Taken = one.Taken + other.Taken,
    };
}
