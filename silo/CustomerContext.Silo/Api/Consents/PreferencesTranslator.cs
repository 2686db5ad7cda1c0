using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Preferences, from the contract and back.</summary>
internal static class PreferencesTranslator
{
    /// <summary>The preferences of a request.</summary>
    public static Outcome<Preferences> Read(V1.Preferences? preferences)
    {
        if (preferences is null)
        {
            return new Refusal(RefusalReason.InvalidArgument, "preferences", "is required");
        }

        var tenants = new List<TenantId>();
        var sources = new List<SourceId>();
        for (var i = 0; i < preferences.Collect.Count; i++)
        {
            var name = preferences.Collect[i];
            if (TextRules.Check(name, $"preferences.collect[{i}]", Limits.Signals.SourceCharacters) is { } broken)
            {
                return broken;
            }

            if (name == SourceId.Customer.Value || name.Contains('/', StringComparison.Ordinal))
            {
                sources.Add(new SourceId(name));
            }
            else
            {
                tenants.Add(new TenantId(name));
            }
        }

        return new Preferences(
            SourceScope.Of(tenants, sources),
            [.. preferences.Contribute.Select(purpose => new Purpose(purpose))],
            preferences.Publish,
            preferences.Ask,
            preferences.OfAge,
            preferences.LeaveMeAlone);
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
    };
}
