using System.Security.Cryptography;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Wording;
using CustomerContext.Silo.Api.Tribes;
using CustomerContext.Silo.Config;
using CustomerContext.V1;
using Google.Protobuf;
using Facet = CustomerContext.Domain.Common.Facet;
using Notice = CustomerContext.V1.Notice;

namespace CustomerContext.Silo.Api.Catalogue;

/// <summary>The catalogue as the contract has it: the tables of the domain and the tenants file, in the words of one language.</summary>
internal sealed class CatalogTranslator(TribeDirectory tribes)
{
    private const string Channel = "channel.";

    /// <summary>The whole catalogue in <paramref name="language"/>, with the own traits of <paramref name="caller"/> (absent: of nobody).</summary>
    public GetCatalogResponse ToProto(AccessConfig access, Language language, TenantId? caller)
    {
        var words = WordList.Of(language);
        var served = access.Tenants.Values.Where(tenant => !tenant.IsDisabled).OrderBy(tenant => tenant.Id.Value, StringComparer.Ordinal);
        var own = caller is { } id && access.Tenants.TryGetValue(id, out var tenant) ? tenant.Face.Traits : [];
        var notice = Notices.Current(Languages.TagOf(language));
        var response = new GetCatalogResponse
        {
            Language = Languages.TagOf(language),
            Companies = { served.Select(CompanyOf) },
            Purposes = { PurposeTable.All.Select(rule => PurposeOf(rule, words)) },
            Presets = { PresetTable.All.Select(preset => PresetOf(preset, words)) },
            Facets = { Enum.GetValues<Facet>().Select(facet => FacetOf(facet, words)) },
            Traits = { TraitName.All.Select(name => TraitOf(name, words)), own.Select(OwnTraitOf) },
            Channels = { words.Codes.Where(code => code.StartsWith(Channel, StringComparison.Ordinal)).Select(code => new Term { Name = code[Channel.Length..], Text = words.Find(code) }) },
            Actions = { Enum.GetValues<Domain.Signals.BehaviourAction>().Select(action => ActionOf(action, words)) },
            Notices = { new Notice { Version = notice.Version, Text = notice.Text, Language = notice.Language } },
            Tribes = { tribes.All.Take(Limits.Catalogue.Tribes).Select(TribeTranslator.ToProto) },
            Limits = { CatalogLimits.All },
        };
        response.Version = Convert.ToHexStringLower(SHA256.HashData(response.ToByteArray()).AsSpan(0, 16));
        return response;
    }

    private static Company CompanyOf(Tenant tenant) => new()
    {
        Tenant = tenant.Id.Value,
        DisplayName = tenant.Face.DisplayName,
        IsNetwork = tenant.IsNetwork,
        HasConnector = tenant.Connector is not null,
        HasLogo = tenant.Face.Logo is not null,
        Purposes = { tenant.Purposes.Select(purpose => purpose.Value).Order(StringComparer.Ordinal) },
        Sources = { tenant.Sources.Select(source => source.Value[(source.Value.IndexOf('/', StringComparison.Ordinal) + 1)..]) },
    };

    private static PurposeEntry PurposeOf(PurposeRule rule, WordList words) => new()
    {
        Purpose = rule.Purpose.Value,
        Text = words.Find($"purpose.{rule.Purpose.Value}") ?? rule.Meaning,
        Facets = { Api.Facets.ToProto(rule.Facets) },
        IsOutreach = rule.IsOutreach,
    };

    private static PresetEntry PresetOf(Preset preset, WordList words) => new()
    {
        Preset = preset.Name,
        Version = preset.Version,
        Text = words.Find($"preset.{preset.Name}") ?? preset.Meaning,
        CanBeRequested = preset.CanBeRequested,
    };

    private static FacetEntry FacetOf(Facet facet, WordList words)
    {
        var code = $"facet.{(facet == Facet.TopOfMind ? "top_of_mind" : facet.ToString().ToLowerInvariant())}";
        return new FacetEntry { Facet = (V1.Facet)facet, Title = words.Say($"{code}.title"), Text = words.Say($"{code}.text") };
    }

    private static TraitEntry TraitOf(string name, WordList words) => new()
    {
        Name = name,
        Text = words.Say($"trait.{name}"),
        HasManyValues = TraitName.HasSeveral(name),
        Values = { words.ValuesOf(name).Select(value => new Term { Name = value, Text = words.Value(name, value) }) },
    };

    private static TraitEntry OwnTraitOf(OwnTrait trait) => new() { Name = trait.Name, Text = trait.Text };

    private static Term ActionOf(Domain.Signals.BehaviourAction action, WordList words)
    {
        var name = action.ToString().ToLowerInvariant();
        return new Term { Name = name, Text = words.Say($"action.{name}") };
    }
}
