namespace CustomerContext.Domain.Consents;

/// <summary>Which preferences a change is about. What it is not about stays as it is, so that an old client never withdraws a yes that it does not know.</summary>
[Flags]
public enum PreferenceFields
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><see cref="Preferences.Collect"/>.</summary>
    Collect = 1,

    /// <summary><see cref="Preferences.Contribute"/>.</summary>
    Contribute = 2,

    /// <summary><see cref="Preferences.Publish"/>.</summary>
    Publish = 4,

    /// <summary><see cref="Preferences.Ask"/>.</summary>
    Ask = 8,

    /// <summary><see cref="Preferences.OfAge"/>.</summary>
    OfAge = 16,

    /// <summary><see cref="Preferences.LeaveMeAlone"/>.</summary>
    LeaveMeAlone = 32,

    /// <summary><see cref="Preferences.CallMe"/>.</summary>
    CallMe = 64,

    /// <summary><see cref="Preferences.ContributeReading"/>.</summary>
    ContributeReading = 128,

    /// <summary><see cref="Preferences.MayBeContacted"/>.</summary>
    MayBeContacted = 256,

    /// <summary>All of them.</summary>
    All = Collect | Contribute | Publish | Ask | OfAge | LeaveMeAlone | CallMe | ContributeReading | MayBeContacted,
}

/// <summary>Preferences of which only some change.</summary>
internal static class PreferenceMask
{
    /// <summary>What <paramref name="fields"/> name of <paramref name="wanted"/>, and the rest of <paramref name="present"/>.</summary>
    public static Preferences Over(this Preferences wanted, Preferences present, PreferenceFields fields) => new(
        fields.HasFlag(PreferenceFields.Collect) ? wanted.Collect : present.Collect,
        fields.HasFlag(PreferenceFields.Contribute) ? GrantTermsRules.Sorted(wanted.Contribute) : present.Contribute,
        fields.HasFlag(PreferenceFields.Publish) ? wanted.Publish : present.Publish,
        fields.HasFlag(PreferenceFields.Ask) ? wanted.Ask : present.Ask,
        fields.HasFlag(PreferenceFields.OfAge) ? wanted.OfAge : present.OfAge,
        fields.HasFlag(PreferenceFields.LeaveMeAlone) ? wanted.LeaveMeAlone : present.LeaveMeAlone)
    {
        CallMe = fields.HasFlag(PreferenceFields.CallMe) ? wanted.CallMe : present.CallMe,
        ContributeReading = fields.HasFlag(PreferenceFields.ContributeReading) ? wanted.ContributeReading : present.ContributeReading,
        MayBeContacted = fields.HasFlag(PreferenceFields.MayBeContacted) ? wanted.MayBeContacted : present.MayBeContacted,
    };
}
