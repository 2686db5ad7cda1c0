using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>
/// For whom a mood is made: for one purpose of the customers' <em>contribute</em>, or for trends. Each audience of a tribe or network is a group
/// of its own, so that nobody counts in anything they did not say yes to.
/// </summary>
[GenerateSerializer, Immutable, Alias("Audience")]
public readonly record struct Audience([property: Id(0)] string Value)
{
    /// <summary>Third parties: those who said yes to <em>publish</em>.</summary>
    public static Audience Trends { get; } = new("publish");

    /// <summary>Readers for <paramref name="purpose"/>.</summary>
    public static Audience Of(Purpose purpose) => new(purpose.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
