using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>What a consent command led to.</summary>
/// <param name="State">The state after it; the same object as before if nothing changed.</param>
/// <param name="Change">What goes on record; absent if nothing changed (a repeat, or no difference).</param>
/// <param name="Grant">The grant that the command is about, as it is now.</param>
[GenerateSerializer, Immutable, Alias("ConsentStep")]
public sealed record ConsentStep([property: Id(0)] ConsentState State, [property: Id(1)] ConsentChange? Change, [property: Id(2)] Grant? Grant = null);

/// <summary>A change of consent as it goes on record: our proof of what the customer said, complete in itself.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Grant">The grant after it; absent if the change is not about one.</param>
/// <param name="Preferences">The preferences after it; absent if the change is not about them.</param>
[GenerateSerializer, Immutable, Alias("ConsentChange")]
public sealed record ConsentChange(
    [property: Id(0)] ConsentChangeKind Kind, [property: Id(1)] Grant? Grant = null, [property: Id(2)] Preferences? Preferences = null)
{
    /// <summary>Version of the notice (<see cref="Notices"/>) under which it was given; absent where nothing was given, and in records from before notices.</summary>
    [Id(20)]
    public string? Notice { get; init; }
}

/// <summary>What the customer did.</summary>
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
}
