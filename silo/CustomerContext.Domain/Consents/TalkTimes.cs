using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>Until when a customer and a tenant talk, which is when a grant "during my conversations" opens.</summary>
/// <param name="OpenUntil">Until when a conversation, or an interaction in which the customer takes part, is open; absent if none is.</param>
/// <param name="AskedUntil">Until when a question of the customer's waits for the tenant's answer, which opens ATTENTION alone; absent if none does.</param>
[GenerateSerializer, Immutable, Alias("TalkTimes")]
public sealed record TalkTimes([property: Id(0)] DateTimeOffset? OpenUntil, [property: Id(1)] DateTimeOffset? AskedUntil = null)
{
    /// <summary>They do not talk.</summary>
    public static TalkTimes None { get; } = new(default(DateTimeOffset?));

    /// <summary>Until when such a grant opens <paramref name="facet"/>; absent if it does not.</summary>
    public DateTimeOffset? Until(Facet facet) => facet == Facet.Attention ? Later(OpenUntil, AskedUntil) : OpenUntil;

    /// <summary>The later of each.</summary>
    public TalkTimes Or(TalkTimes other) => new(Later(OpenUntil, other.OpenUntil), Later(AskedUntil, other.AskedUntil));

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
