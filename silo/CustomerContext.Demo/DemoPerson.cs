using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Demo;

/// <summary>One made-up customer.</summary>
/// <param name="Email">Verified, and the subject of their local tokens.</param>
/// <param name="Preferences">Their yeses.</param>
/// <param name="Networks">The networks that they have connected.</param>
/// <param name="Grants">Whom they let look.</param>
/// <param name="Signals">What happened to them, with the words of those that have any.</param>
internal sealed record DemoPerson(
    string Email,
    Preferences Preferences,
    ImmutableArray<TenantId> Networks,
    ImmutableArray<(TenantId Tenant, GrantTerms Terms)> Grants,
    ImmutableArray<(Signal Signal, string? Text)> Signals);
