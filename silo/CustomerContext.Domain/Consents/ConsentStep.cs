using System.Text.Json.Serialization;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>What a consent command led to.</summary>
/// <param name="State">The state after it; the same object as before if nothing changed.</param>
/// <param name="Change">What goes on record; absent if nothing changed (a repeat, or no difference).</param>
/// <param name="Grant">The grant that the command is about, as it is now.</param>
/// <param name="Refusal">Why the command is refused although it changed something: a wrong code counts. Absent if it is not.</param>
[GenerateSerializer, Immutable, Alias("ConsentStep")]
public sealed record ConsentStep(
    [property: Id(0)] ConsentState State,
    [property: Id(1)] ConsentChange? Change,
    [property: Id(2)] Grant? Grant = null,
    [property: Id(3)] Refusal? Refusal = null);

/// <summary>A change of consent as it goes on record: our proof of what the customer said, complete in itself.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Grant">The grant after it; absent if the change is not about one.</param>
/// <param name="Preferences">The preferences after it; absent if the change is not about them.</param>
/// <param name="By">The tenant's agent or service that acted; absent if the customer did.</param>
/// <param name="Tenant">The tenant that it is about; absent if about none, or said by the grant.</param>
[GenerateSerializer, Immutable, Alias("ConsentChange")]
public sealed record ConsentChange(
    [property: Id(0)] ConsentChangeKind Kind,
    [property: Id(1)] Grant? Grant = null,
    [property: Id(2)] Preferences? Preferences = null,
    [property: Id(3), JsonIgnore] TenantActor? By = null,
    [property: Id(4), JsonIgnore] TenantId? Tenant = null)
{
    /// <summary>The notice that was displayed before the yes; absent where nothing was given, and where the client named none.</summary>
    [Id(21)]
    public ShownNotice? Notice { get; init; }
}

/// <summary>What was done.</summary>
public enum ConsentChangeKind
{
    /// <summary>Set preferences.</summary>
    PreferencesSet = 1,

    /// <summary>Made a grant.</summary>
    GrantCreated,

    /// <summary>Narrowed or widened a grant.</summary>
    GrantUpdated,

    /// <summary>Took a grant back.</summary>
    GrantRevoked,

    /// <summary>Paused everything.</summary>
    Paused,

    /// <summary>Ended the pause.</summary>
    Resumed,

    /// <summary>Erased everything.</summary>
    Erased,

    /// <summary>A tenant asked for a grant.</summary>
    Requested = 10,

    /// <summary>Said no to a request.</summary>
    RequestDeclined,

    /// <summary>Made a sharing code.</summary>
    CodeCreated,

    /// <summary>A wrong code was tried.</summary>
    CodeFailed,

    /// <summary>Had a code sent to an identifier.</summary>
    IdentifierCodeSent,

    /// <summary>An identifier was attached.</summary>
    IdentifierLinked,

    /// <summary>An identifier was detached.</summary>
    IdentifierUnlinked,

    /// <summary>Two customers were linked, being one person.</summary>
    Merged,

    /// <summary>The link of two customers was undone.</summary>
    Unmerged,

    /// <summary>A tenant's program began an interaction with the customer.</summary>
    InteractionBegun,

    /// <summary>An interaction went on under another id.</summary>
    InteractionContinued,

    /// <summary>An interaction ended, and the grants for it.</summary>
    InteractionEnded,

    /// <summary>Said that they are talking to a tenant now.</summary>
    ConversationOpened,

    /// <summary>Said that they no longer are.</summary>
    ConversationClosed,

    /// <summary>Came to be by answering a request.</summary>
    Enrolled,

    /// <summary>Connected a network.</summary>
    NetworkConnected,

    /// <summary>Disconnected a network.</summary>
    NetworkDisconnected,
}
