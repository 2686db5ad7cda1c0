using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>Shorthand for the tests of this folder.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly CustomerKey Customer = new("00112233445566778899aabbccddeeff");
    public static readonly TenantId Acme = new("acme");
    public static readonly TenantId Globex = new("globex");
    public static readonly Purpose Support = new("service.support");
    public static readonly Purpose Offer = new("marketing.offer");
    public static readonly SourceId AcmeCrm = SourceId.Of(Acme, "crm");
    public static readonly SourceId GlobexShop = SourceId.Of(Globex, "shop");

    /// <summary>A conversation with the tenant is open, and stays so.</summary>
    public static TalkTimes? Talking { get; } = new(Chat(DateTimeOffset.MaxValue));

    /// <summary>A conversation of acme's that is open until <paramref name="until"/>.</summary>
    public static TalkTime Chat(DateTimeOffset until) => new(until, new Opener(OpenerKind.Conversation, AcmeCrm, "chat-1"));

    /// <summary>A question in it that waits until <paramref name="until"/>.</summary>
    public static TalkTime Question(DateTimeOffset until) => new(until, new Opener(OpenerKind.Question, AcmeCrm, "chat-1"));

    public static ConsentState OfAge { get; } = ConsentState.None with { Preferences = Preferences.Off with { OfAge = true } };

    public static GrantTerms Terms(
        FacetSet? facets = null, GrantWhen when = GrantWhen.AnyTime, SourceId[]? sources = null, DateTimeOffset? from = null, DateTimeOffset? until = null,
        string? interaction = null, bool includeEarlier = false, Purpose[]? purposes = null) =>
        new([.. purposes ?? [Support]], facets ?? FacetSet.All, SourceScope.Of([], sources ?? []), from, until, when, interaction, includeEarlier,
            sources is null ? SourceOwners.Own : SourceOwners.None);

    public static (ConsentState State, Grant Grant) With(this ConsentState state, GrantTerms terms, string request = "r1", DateTimeOffset? at = null, TenantId? tenant = null)
    {
        var step = Ok(ConsentRules.CreateGrant(state, Customer, new CreateGrant(request, tenant ?? Acme, terms), at ?? Now));
        return (step.State, step.Grant!);
    }

    public static ReadRequest Read(
        FacetSet? facets = null, Purpose? purpose = null, ActorRole role = ActorRole.Person, string? interaction = "call-1", TenantId? tenant = null) =>
        new(tenant ?? Acme, role, purpose ?? Support, facets ?? FacetSet.All, interaction) { MayBegin = true };

    public static TenantActor Agent(TenantId? tenant = null, string? interaction = "call-1") => new(tenant ?? Acme, ActorRole.Person, "a9", interaction);

    public static Digest Hash(string code) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(code));

    public static T Ok<T>(Outcome<T> outcome)
    {
        Assert.Null(outcome.Refusal);
        return outcome.Value!;
    }

    public static Refusal Refused<T>(Outcome<T> outcome)
    {
        Assert.NotNull(outcome.Refusal);
        return outcome.Refusal;
    }
}
