using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>What says that a customer and a tenant talk.</summary>
public enum OpenerKind
{
    /// <summary>A conversation that the tenant's program sent is open.</summary>
    Conversation = 1,

    /// <summary>A question of the customer's in such a conversation waits for the tenant's answer. It opens ATTENTION alone.</summary>
    Question,

    /// <summary>The customer said that they talk with the tenant.</summary>
    Customer,

    /// <summary>The customer takes part in the interaction that the look names.</summary>
    Interaction,
}

/// <summary>What opens a grant "during my conversations". It names a conversation, never what was said in it.</summary>
/// <param name="Kind">What kind of sign it is.</param>
/// <param name="Source">Who sent the conversation; absent for other kinds, and for a conversation of the login that is linked with the customer.</param>
/// <param name="Conversation">The source's id of it; absent like <paramref name="Source"/>.</param>
[GenerateSerializer, Immutable, Alias("Opener")]
public sealed record Opener([property: Id(0)] OpenerKind Kind, [property: Id(1)] SourceId? Source = null, [property: Id(2)] string? Conversation = null);

/// <summary>Until when something says that a customer and a tenant talk.</summary>
/// <param name="Until">First instant at which it says so no more.</param>
/// <param name="By">What says so.</param>
[GenerateSerializer, Immutable, Alias("TalkTime")]
public sealed record TalkTime([property: Id(0)] DateTimeOffset Until, [property: Id(1)] Opener By)
{
    /// <summary>The one that lasts longer, or else the first.</summary>
    public static TalkTime? Later(TalkTime? one, TalkTime? other) => one is null || other?.Until > one.Until ? other : one;
}

/// <summary>Until when a customer and a tenant talk, which is when a grant "during my conversations" opens.</summary>
/// <param name="Open">What lasts longest of the open conversations and of the interactions in which the customer takes part; absent if there is none.</param>
/// <param name="Asked">The question of the customer's that waits longest for the tenant's answer, which opens ATTENTION alone; absent if none does.</param>
[GenerateSerializer, Immutable, Alias("TalkTimes")]
public sealed record TalkTimes([property: Id(0)] TalkTime? Open, [property: Id(1)] TalkTime? Asked = null)
{
    /// <summary>They do not talk.</summary>
    public static TalkTimes None { get; } = new(default(TalkTime?));

    /// <summary>As if they talked: for finding out what a look could need, before anything is decided.</summary>
    public static TalkTimes Assumed { get; } = new(new TalkTime(DateTimeOffset.MaxValue, new Opener(OpenerKind.Customer)));

    /// <summary>Until when such a grant opens <paramref name="facet"/>, and by what; absent if it does not.</summary>
    public TalkTime? Of(Facet facet) => facet == Facet.Attention ? TalkTime.Later(Open, Asked) : Open;

    /// <summary>The later of each.</summary>
    public TalkTimes Or(TalkTimes other) => new(TalkTime.Later(Open, other.Open), TalkTime.Later(Asked, other.Asked));

    /// <summary>The same for the login that is linked with the customer. On that one's record no conversation of this one is named: it would stay there when this one is erased.</summary>
    public TalkTimes Unnamed() => new(Unnamed(Open), Unnamed(Asked));

    private static TalkTime? Unnamed(TalkTime? time) => time is null ? null : time with { By = new Opener(time.By.Kind) };
}

/// <summary>Facets that were open at a look because customer and tenant talked.</summary>
/// <param name="Facets">Which.</param>
/// <param name="By">What opened them. If several things did, the one that lasted longest.</param>
[GenerateSerializer, Immutable, Alias("Opening")]
public sealed record Opening([property: Id(0)] FacetSet Facets, [property: Id(1)] Opener By);
