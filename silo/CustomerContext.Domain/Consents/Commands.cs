using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>Changes preferences.</summary>
/// <param name="RequestId">1 to <see cref="Limits.Consents.RequestIdLength"/> characters.</param>
/// <param name="Preferences">What is wanted.</param>
/// <param name="Fields">Which of them; the others stay as they are.</param>
/// <param name="Expected">The epoch of consent on which it was decided; absent: change anyway.</param>
[GenerateSerializer, Immutable, Alias("SetPreferences")]
public sealed record SetPreferences(
    [property: Id(0)] string RequestId,
    [property: Id(1)] Preferences Preferences,
    [property: Id(2)] PreferenceFields Fields = PreferenceFields.All,
    [property: Id(3)] long? Expected = null)
{
    /// <summary>The notice that was displayed; absent if none was.</summary>
    [Id(4)]
    public ShownNotice? Notice { get; init; }
}

/// <summary>Gives <paramref name="Tenant"/> a new grant; <paramref name="Expected"/> is as in <see cref="SetPreferences"/>.</summary>
[GenerateSerializer, Immutable, Alias("CreateGrant")]
public sealed record CreateGrant(
    [property: Id(0)] string RequestId, [property: Id(1)] TenantId Tenant, [property: Id(2)] GrantTerms Terms, [property: Id(3)] long? Expected = null)
{
    /// <summary>The notice that was displayed; absent if none was.</summary>
    [Id(4)]
    public ShownNotice? Notice { get; init; }
}

/// <summary>Gives a grant other terms in the fields that are named; where none is, in those that the terms set. <paramref name="Expected"/> is as in <see cref="SetPreferences"/>.</summary>
[GenerateSerializer, Immutable, Alias("UpdateGrant")]
public sealed record UpdateGrant(
    [property: Id(0)] string RequestId, [property: Id(1)] GrantId Grant, [property: Id(2)] GrantTerms Terms, [property: Id(3)] long? Expected = null)
{
    /// <summary>The named fields.</summary>
    [Id(4)]
    public GrantFields Fields { get; init; }

    /// <summary>The notice that was displayed; absent if none was.</summary>
    [Id(5)]
    public ShownNotice? Notice { get; init; }
}

/// <summary>Takes a grant back.</summary>
[GenerateSerializer, Immutable, Alias("RevokeGrant")]
public sealed record RevokeGrant([property: Id(0)] string RequestId, [property: Id(1)] GrantId Grant);

/// <summary>Stops every grant at once (<paramref name="Paused"/>), or lets those that are still live work again.</summary>
[GenerateSerializer, Immutable, Alias("PauseAll")]
public sealed record PauseAll([property: Id(0)] string RequestId, [property: Id(1)] bool Paused);

/// <summary>Makes a code that <paramref name="Tenant"/> can turn into a grant within <paramref name="Lifetime"/>.</summary>
[GenerateSerializer, Immutable, Alias("CreateSharingCode")]
public sealed record CreateSharingCode(
    [property: Id(0)] string RequestId, [property: Id(1)] TenantId Tenant, [property: Id(2)] GrantTerms Terms, [property: Id(3)] TimeSpan Lifetime)
{
    /// <summary>The notice that was displayed; absent if none was.</summary>
    [Id(4)]
    public ShownNotice? Notice { get; init; }
}

/// <summary>Turns a code that was read out into a grant. <paramref name="Code"/> is the code's keyed hash.</summary>
[GenerateSerializer, Immutable, Alias("RedeemSharingCode")]
public sealed record RedeemSharingCode([property: Id(0)] string RequestId, [property: Id(1)] TenantActor By, [property: Id(2)] Digest Code);

/// <summary>Asks the customer, on their open page, what a request for consent asks.</summary>
/// <param name="Join">The key of the request, by which it is decided; 32 lower-case hexadecimal digits.</param>
/// <param name="By">Who asks, and in which interaction.</param>
/// <param name="Terms">What a yes gives, in full.</param>
/// <param name="Until">First instant at which it no longer waits.</param>
[GenerateSerializer, Immutable, Alias("RequestConsent")]
public sealed record RequestConsent(
    [property: Id(0)] string Join, [property: Id(1)] TenantActor By, [property: Id(2)] GrantTerms Terms, [property: Id(3)] DateTimeOffset Until);

/// <summary>Says yes to what was asked, or to less (<paramref name="Terms"/>), or no.</summary>
[GenerateSerializer, Immutable, Alias("DecideConsent")]
public sealed record DecideConsent(
    [property: Id(0)] string RequestId, [property: Id(1)] string Request, [property: Id(2)] bool IsApproved, [property: Id(3)] GrantTerms? Terms)
{
    /// <summary>True if the one who decides has no sign-in, so a yes is for this call alone.</summary>
    [Id(4), JsonIgnore]
    public bool IsProvisional { get; init; }

    /// <summary>The notice that was displayed; absent if none was.</summary>
    [Id(5)]
    public ShownNotice? Notice { get; init; }
}

/// <summary>Lets a network send, and shows it in some live grants.</summary>
/// <param name="RequestId">1 to <see cref="Limits.Consents.RequestIdLength"/> characters.</param>
/// <param name="Network">A configured network.</param>
/// <param name="Account">The customer's account there, by its immutable id.</param>
/// <param name="Grants">The grants.</param>
/// <param name="Expected">The epoch of consent on which it was decided; absent: whichever.</param>
[GenerateSerializer, Immutable, Alias("ConnectNetwork")]
public sealed record ConnectNetwork(
    [property: Id(0)] string RequestId,
    [property: Id(1)] TenantId Network,
    [property: Id(2)] string Account,
    [property: Id(3)] ImmutableArray<GrantId> Grants,
    [property: Id(4)] long? Expected = null);

/// <summary>Disconnects a network.</summary>
[GenerateSerializer, Immutable, Alias("DisconnectNetwork")]
public sealed record DisconnectNetwork([property: Id(0)] string RequestId, [property: Id(1)] TenantId Network);

/// <summary>An agent or a service of a tenant.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Role">A person or a service.</param>
/// <param name="Actor">The actor's stable pseudonym.</param>
/// <param name="Interaction">The call, case or chat; absent if none is named.</param>
[GenerateSerializer, Immutable, Alias("TenantActor")]
public sealed record TenantActor(
    [property: Id(0)] TenantId Tenant, [property: Id(1)] ActorRole Role, [property: Id(2)] string Actor, [property: Id(3)] string? Interaction);
