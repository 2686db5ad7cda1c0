using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Topics;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Config;

/// <summary>
/// Who is served and whose tokens are believed: the part of the configuration that may change while the silo runs. Immutable; a change makes another one, and
/// <see cref="CurrentAccess"/> holds the one that counts.
/// </summary>
internal sealed record AccessConfig(
    FrozenDictionary<TenantId, Tenant> Tenants, FrozenDictionary<string, Issuer> Issuers, CallRates CustomerRates)
{
    /// <summary>Nobody.</summary>
    public static AccessConfig Nobody { get; } = new(
        FrozenDictionary<TenantId, Tenant>.Empty, FrozenDictionary<string, Issuer>.Empty, Domain.Limits.Rates.Customer);

    /// <summary>Which topics pass of the customers' own signals.</summary>
    public TopicGate Topics { get; init; } = TopicGate.OfCustomers([]);

    /// <summary>The keys of programs that speak the Segment specification, by the key.</summary>
    public FrozenDictionary<string, WriteKey> WriteKeys { get; init; } = FrozenDictionary<string, WriteKey>.Empty;

    /// <summary>The hosts whose pages are kept, by source; of a source that is not there, nothing is.</summary>
    public FrozenDictionary<SourceId, HelpHosts> HelpHosts { get; init; } = FrozenDictionary<SourceId, HelpHosts>.Empty;

    /// <summary>The origins of web pages whose scripts may call the doors over HTTP.</summary>
    public FrozenSet<string> Origins { get; init; } = FrozenSet<string>.Empty;

    /// <summary>True if <paramref name="caller"/> may call at all.</summary>
    public bool Admits(TenantCaller caller) => Find(caller) is not null;

    /// <summary>True if <paramref name="caller"/> may read for <paramref name="purpose"/>, as far as the operator is concerned.</summary>
    public bool Allows(TenantCaller caller, Purpose purpose) => Find(caller) is { } tenant && tenant.Purposes.Contains(purpose)
        && tenant.Allows(caller.Client, purpose) && tenant.Allows(caller.AiClient, purpose);

    /// <summary>The caller's tenant; absent if it is not served, or the program that got the token, or the one that acts with it, is none of its.</summary>
    public Tenant? Find(TenantCaller caller) => Tenants.GetValueOrDefault(caller.Tenant) is { IsDisabled: false } tenant && tenant.Lists(caller.Client) && tenant.Lists(caller.AiClient)
        ? tenant
        : null;
}

/// <summary>One company.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsDisabled">True if nobody may call for it now.</param>
/// <param name="Sources">At least one; the first is the default.</param>
/// <param name="Purposes">What it may read for.</param>
/// <param name="Clients">The programs that may get tokens for it, and what each may read for. Empty: any, for every purpose of the tenant.</param>
/// <param name="All">Rates of all its callers together.</param>
/// <param name="Person">Rates of each of its people.</param>
/// <param name="Service">Rates of each of its programs.</param>
internal sealed record Tenant(
    TenantId Id,
    bool IsDisabled,
    ImmutableArray<SourceId> Sources,
    FrozenSet<Purpose> Purposes,
    FrozenDictionary<string, FrozenSet<Purpose>> Clients,
    CallRates All,
    CallRates Person,
    CallRates Service)
{
    /// <summary>True if <paramref name="program"/> may get tokens for it; also if no program is named.</summary>
    public bool Lists(string? program) => program is null || Clients.Count == 0 || Clients.ContainsKey(program);

    /// <summary>True if <paramref name="program"/> may read for <paramref name="purpose"/>; also if no program is named.</summary>
    public bool Allows(string? program, Purpose purpose) => program is null || Clients.Count == 0 || (Clients.TryGetValue(program, out var purposes) && purposes.Contains(purpose));

    /// <summary>True if it is a network: only its signals are served.</summary>
    public bool IsNetwork { get; init; }

    /// <summary>Of a network, where its connector takes people; absent: it has none.</summary>
    public string? Connector { get; init; }

    /// <summary>Those of its clients that reason by themselves.</summary>
    public FrozenSet<string> AiClients { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Which topics pass of its signals: its products among them.</summary>
    public TopicGate Topics { get; init; } = TopicGate.OfTenant([]);

    /// <summary>How it looks to people.</summary>
    public CompanyFace Face { get; init; } = new(Id.Value, null, []);

    /// <summary>How soon it answers its customers.</summary>
    public AnswerTimes Answers { get; init; } = AnswerTimes.Standard;

    /// <summary>Who of it could answer.</summary>
    public Roster Roster { get; init; } = Roster.Nobody;

    /// <summary>Where it hears what became of its grants and its work. Each type is told at one of them at most.</summary>
    public ImmutableArray<WebhookTarget> Webhooks { get; init; } = [];

    /// <summary>How its messages are sent.</summary>
    public MessageWays Messages { get; init; } = MessageWays.None;
}

/// <summary>One OpenID Connect issuer whose access tokens are believed.</summary>
/// <param name="Name">Its <c>iss</c>, exactly.</param>
/// <param name="Audience">The <c>aud</c> that its tokens must name.</param>
/// <param name="Keys">Where its key set is; absent: found by discovery.</param>
/// <param name="Tenants">Tenants that its tokens may speak for. Absent: all (development tokens).</param>
/// <param name="ForCustomers">True if its tokens may speak for customers.</param>
/// <param name="Algorithms">How they may be signed (JWS <c>alg</c>).</param>
/// <param name="Claims">Where things stand in its tokens.</param>
internal sealed record Issuer(
    string Name, string Audience, Uri? Keys, FrozenSet<TenantId>? Tenants, bool ForCustomers, FrozenSet<string> Algorithms, ClaimNames Claims);

/// <summary>The names of an issuer's claims.</summary>
internal sealed record ClaimNames(string Tenant, string Actor, string ActorType, string Client, string Scope);
