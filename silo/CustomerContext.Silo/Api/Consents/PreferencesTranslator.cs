using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Preferences, from the contract and back.</summary>
internal static class PreferencesTranslator
{
    /// <summary>The preferences of a request.</summary>
    /// <param name="preferences">As they came.</param>
    /// <param name="companies">Names of companies, which nobody may be called by.</param>
    public static Outcome<Preferences> Read(V1.Preferences? preferences, IEnumerable<string> companies)
    {
        if (preferences is null)
        {
            return new Refusal(RefusalReason.InvalidArgument, "preferences", "is required");
        }

        for (var i = 0; i < preferences.Collect.Count; i++)
        {
            if (TextRules.Check(preferences.Collect[i], $"preferences.collect[{i}]", Limits.Signals.SourceCharacters) is { } broken)
            {
                return broken;
            }
        }

        var name = CallMe.Read(preferences.CallMe, companies);
        if (!name.IsOk && name.Refusal is { } badName)
        {
            return badName;
        }

        return new Preferences(
            SourceScope.Named(preferences.Collect),
            [.. preferences.Contribute.Select(purpose => new Purpose(purpose))],
            preferences.Publish,
            preferences.Ask,
            preferences.OfAge,
            preferences.LeaveMeAlone)
        {
            CallMe = name.Value,
            ContributeReading = preferences.ContributeReading,
            MayBeContacted = preferences.MayBeContacted,
        };
    }

    /// <summary>The same preferences in the contract.</summary>
    public static V1.Preferences ToProto(Preferences preferences) => new()
    {
        Collect =
        {
            preferences.Collect.Tenants.Select(tenant => tenant.Value),
            preferences.Collect.Sources.Select(source => source.Value),
        },
        Contribute = { preferences.Contribute.Select(purpose => purpose.Value) },
        Publish = preferences.Publish,
        Ask = preferences.Ask,
        OfAge = preferences.OfAge,
        LeaveMeAlone = preferences.LeaveMeAlone,
        CallMe = preferences.CallMe ?? "",
        ContributeReading = preferences.ContributeReading,
        MayBeContacted = preferences.MayBeContacted,
    };
}
