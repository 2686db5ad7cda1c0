using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Wording;

namespace CustomerContext.Silo.Api.Joins;

/// <summary>What a yes gives, in sentences.</summary>
internal static class JoinWords
{
    /// <summary>A sentence for each purpose, then the preset's, then what others sent if that is asked for too: the preset's sentence does not say it.</summary>
    public static IEnumerable<string> Of(GrantTerms terms, TenantId tenant, Language language)
    {
        var words = WordList.Of(language);
        foreach (var purpose in terms.Purposes)
        {
            yield return words.Say("join.purpose", ("purpose", words.Find($"purpose.{purpose.Value}") ?? PurposeTable.Find(purpose)!.Meaning));
        }

        var preset = PresetTable.Find(terms.Preset!)!;
        yield return $"{words.Find($"preset.{preset.Name}") ?? preset.Meaning}.";
        var others = terms.Sources.Without(SourceScope.OwnOf(tenant)).Without(SourceScope.Of([], [SourceId.Customer]));
        if (others.Count > 0)
        {
            yield return words.Say("join.others", ("sources", string.Join(", ", others.Tenants.Select(other => other.Value).Concat(others.Sources.Select(source => source.Value)))));
        }
    }
}
