namespace CustomerContext.Silo.Config;

/// <summary>One company, as written in the configuration.</summary>
internal sealed class TenantOptions
{
    /// <summary>Its id: 1 to 40 of a-z, 0-9 and '-'. Default: none, required.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its name for people, 1 to 64 characters. Default: its id.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its logo as a data address: data:image/svg+xml;base64,... or data:image/png;base64,..., at most 32,768 bytes. Default: none.</summary>
    public string? Logo { get; init; }

    /// <summary>Its own "x-" traits, with words; at most 32. Others may be sent all the same. Default: none.</summary>
    public IReadOnlyList<OwnTraitOptions> Traits { get; init; } = [];

    /// <summary>It is a network: it sends what customers say there, once they have connected it, and never reads; so it has no purposes. Default: false.</summary>
    public bool Network { get; init; }

    /// <summary>Of a network, where its connector takes people who want to connect their account: an https address without a query, or http on loopback. Default: nowhere, and nobody can connect it.</summary>
    public string? Connector { get; init; }

    /// <summary>Nobody may call for it: its streams end and its calls are refused. Default: false.</summary>
    public bool Disabled { get; init; }

    /// <summary>The names of its own systems that send signals, each 1 to 40 of a-z, 0-9, '-', '_'; the first is used when a signal names none. Default: none, required.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The purposes it may read for, of the documented list. Default: none.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>
    /// The names of its products, which pass as topics; each 1 to 6 words of letters and digits, at most 40 characters, and none that names what is never kept. Default: none.
    /// </summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>
    /// How soon it answers its customers, one for each support tier; at most 16. Default: none, and then customers of every tier but "basic" and "none" within 24 hours.
    /// </summary>
    public IReadOnlyList<AnswerTimeOptions> Answers { get; init; } = [];

    /// <summary>Who of it, or of its partners, answers on which topics, and said that they want to be asked; at most 256. Default: nobody.</summary>
    public IReadOnlyList<RosterOptions> Roster { get; init; } = [];

    /// <summary>How its messages with join links are sent (docs/joins.md). Default: they are not.</summary>
    public MessageOptions Messages { get; init; } = new();

    /// <summary>Where it hears what became of its grants and its work (docs/integrate.md). Default: nowhere.</summary>
    public IReadOnlyList<WebhookOptions> Webhooks { get; init; } = [];

    /// <summary>The keys of its programs that speak the Segment specification. Default: none.</summary>
    public IReadOnlyList<WriteKeyOptions> WriteKeys { get; init; } = [];

    /// <summary>The hosts of its pages of help: what customers read there, and whether it helped, is kept. At most 16. Default: none, and then nothing of any page is.</summary>
    public IReadOnlyList<HelpHostOptions> HelpHosts { get; init; } = [];

    /// <summary>
    /// The origins of web pages whose scripts may call the doors over HTTP, at most 16, each an https origin (http on loopback only) such as https://desk.acme.example. Default: none, and then
    /// browsers let no script of another origin read an answer.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The programs that may get tokens for it. Default: none, and then any program that its issuers know may.</summary>
    public IReadOnlyList<ClientOptions> Clients { get; init; } = [];

    /// <summary>
    /// Those of its programs that reason by themselves (AI readers), by their <c>client_id</c>, each 1 to 128 characters and one of Clients where those are listed: they read only what customers opened to
    /// AI readers, at every door. Default: none.
    /// </summary>
    public IReadOnlyList<string> AiClients { get; init; } = [];

    /// <summary>How much all its callers may do together. Default: Limits.Rates.Tenant.</summary>
    public RateOptions All { get; init; } = new();

    /// <summary>How much each of its people may do. Default: Limits.Rates.Person.</summary>
    public RateOptions Person { get; init; } = new();

    /// <summary>How much each of its programs may do. Default: Limits.Rates.Service.</summary>
    public RateOptions Service { get; init; } = new();
}

/// <summary>One trait of a tenant's own, as written in the configuration.</summary>
internal sealed class OwnTraitOptions
{
    /// <summary>Its name, "x-" and a-z, 0-9, '_', '-', '.'. Default: none, required.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is, in words, 1 to 200 characters. Default: none, required.</summary>
    public string Text { get; init; } = "";
}

/// <summary>How soon customers of one support tier are answered, as written in the configuration. Customers of tiers that are not listed have no time.</summary>
internal sealed class AnswerTimeOptions
{
    /// <summary>The value of trait "support_tier", 1 to 64 characters. Default: none, required.</summary>
    public string Tier { get; init; } = "";

    /// <summary>After so many hours without an answer a question is overdue, 1 to 240. Default: 24.</summary>
    public int Hours { get; init; } = Domain.Limits.Attention.AnswerHours;

    /// <summary>So many hours before that it is due, 0 to Hours. Default: 4, or Hours if that is less.</summary>
    public int? NoticeHours { get; init; }

    /// <summary>So many hours after it was overdue it is escalated, 0 to 72. Default: 0.</summary>
    public int EscalationHours { get; init; }
}

/// <summary>A team or a person who answers on some topics, as written in the configuration.</summary>
internal sealed class RosterOptions
{
    /// <summary>How they are called, 1 to 48 characters. Default: none, required.</summary>
    public string Name { get; init; } = "";

    /// <summary>employee or partner. Default: employee.</summary>
    public string Kind { get; init; } = "employee";

    /// <summary>Where they are reached, for example an extension or a channel, at most 48 characters. Default: empty, not said.</summary>
    public string Reach { get; init; } = "";

    /// <summary>The topics on which they answer, 1 to 16. Default: none, required.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];
}

/// <summary>One program of a tenant, as written in the configuration.</summary>
internal sealed class ClientOptions
{
    /// <summary>Its <c>client_id</c> at the tenant's issuer, exactly. Default: none, required.</summary>
    public string Id { get; init; } = "";

    /// <summary>The purposes that its tokens may read for, of the tenant's. Default: none, so it reads nothing.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];
}

/// <summary>Where a tenant hears what became of its grants and its work, as written in the configuration.</summary>
internal sealed class WebhookOptions
{
    /// <summary>An https address on the public internet (on loopback http too, and in development mode only). Default: none, required.</summary>
    public string? Url { get; init; }

    /// <summary>What calls are signed with, 1 or, while one is being replaced, 2; each <c>whsec_</c> and 24 to 64 bytes in base64. Default: none, required.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>What is told there, such as consent.ended or work.due; each type at one address only. Default: everything.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
}

/// <summary>One write key, as written in the configuration.</summary>
internal sealed class WriteKeyOptions
{
    /// <summary>The key, 8 to 128 of A-Z, a-z, 0-9, '-' and '_', at least 24 if it is secret. One that begins with "demo-" is good in development mode only. Default: none, required.</summary>
    public string Key { get; init; } = "";

    /// <summary>Which of the tenant's sources it sends for. Default: none, required.</summary>
    public string Source { get; init; } = "";

    /// <summary>No browser has it, so traits and chats are taken too, and not behaviour alone. Default: false.</summary>
    public bool Secret { get; init; }
}

/// <summary>One host of a tenant's pages of help, as written in the configuration.</summary>
internal sealed class HelpHostOptions
{
    /// <summary>Its name, in lower case, for example help.example.org; it may be one tenant's only. Default: none, required.</summary>
    public string Host { get; init; } = "";

    /// <summary>Which of the tenant's sources are believed when they tell of its pages. Default: none, required.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>Rates, as written in the configuration: each a number a second, 1 to 1,000,000, as a mean over ten seconds.</summary>
internal sealed class RateOptions
{
    /// <summary>Reads; a batch counts each subject. Default: absent, as Limits.Rates says.</summary>
    public int? Looks { get; init; }

    /// <summary>Signals. Default: absent, as Limits.Rates says.</summary>
    public int? Signals { get; init; }

    /// <summary>Other calls. Default: absent, as Limits.Rates says.</summary>
    public int? Other { get; init; }
}

/// <summary>One OpenID Connect issuer, as written in the configuration.</summary>
internal sealed class IssuerOptions
{
    /// <summary>Its <c>iss</c>, exactly: an https address (http on loopback only). Default: none, required.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The <c>aud</c> that its tokens must name. Default: customercontext.</summary>
    public string Audience { get; init; } = Access.TokenReader.Audience;

    /// <summary>Where its key set (JWKS) is. Default: absent, found by discovery below the issuer's address.</summary>
    public string? Keys { get; init; }

    /// <summary>Ids of the tenants that its tokens may speak for. Default: none.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>Its tokens may speak for customers; it is believed which e-mail addresses and phone numbers are verified. Default: false.</summary>
    public bool Customers { get; init; }

    /// <summary>How its tokens may be signed. Default: RS256, PS256, ES256 and their 384 and 512.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    /// <summary>
    /// Claim with the tenant's id. A token without it speaks for the issuer's only tenant if that lists the token's client, else for a customer. Default: tenant.
    /// </summary>
    public string TenantClaim { get; init; } = "tenant";

    /// <summary>Claim that names the person or program. Default: sub.</summary>
    public string ActorClaim { get; init; } = "sub";

    /// <summary>Claim that says person or service; a token without it is a program's if it names its client as the actor. Default: actor_type.</summary>
    public string ActorTypeClaim { get; init; } = "actor_type";

    /// <summary>Claim that names the program that got the token. Default: client_id.</summary>
    public string ClientClaim { get; init; } = "client_id";

    /// <summary>Claim with the scopes, a list or one text with spaces between. Default: scope.</summary>
    public string ScopeClaim { get; init; } = "scope";
}
