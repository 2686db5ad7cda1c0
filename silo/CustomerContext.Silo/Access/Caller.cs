using System.Collections.Frozen;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Access;

/// <summary>Who calls, as their access token says; never taken from the request.</summary>
internal abstract record Caller(FrozenSet<string> Scopes)
{
    /// <summary>When the token ends, so that a stream does not outlive it.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>An agent (<paramref name="IsPerson"/>) or a service of a tenant.</summary>
internal sealed record TenantCaller(TenantId Tenant, string Actor, bool IsPerson, FrozenSet<string> Scopes) : Caller(Scopes)
{
    /// <summary>The program that got the token, as its issuer names it. Absent: a development token that names none, or a write key; these are bound to no client.</summary>
    public string? Client { get; init; }

    /// <summary>The AI reader (a program that reasons by itself, as its tenant lists them) that has the token or acts with it. Absent: there is none.</summary>
    public string? AiClient { get; init; }

    /// <summary>True for an AI reader, at every door.</summary>
    public bool IsAi => AiClient is not null;

    /// <summary>What it is on records and in alarms.</summary>
    public ActorRole Role => IsAi ? ActorRole.AiReader : IsPerson ? ActorRole.Person : ActorRole.Service;

    /// <summary>For whom an AI reader acts, if its token says so (RFC 8693, 4.1): then <see cref="Actor"/> is who acts, and this is whose token it is. Absent for everybody else.</summary>
    public string? OnBehalfOf { get; init; }
}

/// <summary>Somebody who shows no token, where none is needed. Nothing is known of them but the <paramref name="Address"/> that they call from, which many may share.</summary>
internal sealed record AnonymousCaller(string Address) : Caller(FrozenSet<string>.Empty);

/// <summary>A customer, who acts on their own <paramref name="Subject"/> only. E-mail and phone are there only if the issuer verified them.</summary>
internal sealed record CustomerCaller(string Issuer, string Subject, string? VerifiedEmail, string? VerifiedPhone, FrozenSet<string> Scopes)
    : Caller(Scopes)
{
    /// <summary>When they signed in, as their issuer says. Absent: it does not say.</summary>
    public DateTimeOffset? SignedInAt { get; init; }
}
