using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerContext.Domain;

namespace CustomerContext.Silo.Config;

/// <summary>How a company looks to people, checked.</summary>
internal sealed partial class CompanyFaceReader(ConfigErrors errors, string key)
{
    /// <summary>What <paramref name="options"/> say; what is wrong with them goes to the errors.</summary>
    public CompanyFace Read(TenantOptions options)
    {
        var name = options.DisplayName ?? options.Id;
        if (name.Length is 0 or > Limits.Catalogue.DisplayNameCharacters || name.Any(char.IsControl))
        {
            errors.Add($"{key}:DisplayName", $"must be 1 to {Limits.Catalogue.DisplayNameCharacters} characters, none of them a control character");
        }

        return new CompanyFace(name, options.Logo is { } logo ? LogoOf(logo) : null, TraitsOf(options.Traits));
    }

    private Logo? LogoOf(string address)
    {
        var parts = DataAddress().Match(address);
        var content = new byte[address.Length];
        if (!parts.Success || !Convert.TryFromBase64String(parts.Groups["content"].Value, content, out var length) || length is 0 or > Limits.Catalogue.LogoBytes)
        {
            errors.Add(
                $"{key}:Logo", $"must be data:image/svg+xml;base64,... or data:image/png;base64,... of at most {Limits.Catalogue.LogoBytes} bytes");
            return null;
        }

        return new Logo(parts.Groups["type"].Value, content.AsMemory(0, length));
    }

    private ImmutableArray<OwnTrait> TraitsOf(IReadOnlyList<OwnTraitOptions> traits)
    {
        if (traits.Count > Limits.Catalogue.OwnTraits)
        {
            errors.Add($"{key}:Traits", $"must be at most {Limits.Catalogue.OwnTraits}");
        }

        for (var i = 0; i < traits.Count; i++)
        {
            if (!OwnName().IsMatch(traits[i].Name) || traits[i].Name.Length > Limits.Signals.CodedNameCharacters)
            {
                errors.Add($"{key}:Traits:{i}:Name", $"must begin with x- and be at most {Limits.Signals.CodedNameCharacters} of a-z, 0-9, '_', '-' and '.'");
            }

            if (traits[i].Text.Length is 0 or > Limits.Catalogue.TraitTextCharacters)
            {
                errors.Add($"{key}:Traits:{i}:Text", $"must be 1 to {Limits.Catalogue.TraitTextCharacters} characters");
            }
        }

        return [.. traits.Select(trait => new OwnTrait(trait.Name, trait.Text)).OrderBy(trait => trait.Name, StringComparer.Ordinal)];
    }

    [GeneratedRegex("^data:(?<type>image/svg\\+xml|image/png);base64,(?<content>[A-Za-z0-9+/=]+)$")]
    private static partial Regex DataAddress();

    [GeneratedRegex(@"^x-[a-z0-9_.\-]+$")]
    private static partial Regex OwnName();
}
