using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Api.Joins;

/// <summary>What a yes gives, in sentences.</summary>
internal static class JoinWords
{
    /// <summary>A sentence for each purpose, then the preset's.</summary>
    public static IEnumerable<string> Of(GrantTerms terms) =>
        terms.Purposes.Select(purpose => $"They may look for {purpose.Value}.")
            .Concat(terms.Preset is { } name && PresetTable.Find(name) is { } preset ? [$"{preset.Meaning}."] : []);
}
