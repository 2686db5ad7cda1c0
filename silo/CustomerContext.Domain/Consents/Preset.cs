using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>Where terms come from, which says what their preset is if they name none.</summary>
public enum PresetUse
{
    /// <summary>The customer's own page.</summary>
    Page = 1,

    /// <summary>A sharing code.</summary>
    Code,

    /// <summary>A company's request.</summary>
    Request,
}

/// <summary>One preset: what a request leaves out, it fills in.</summary>
/// <param name="Name">Its name, for example <c>this-call</c>.</param>
/// <param name="Version">From 1; a grant keeps it.</param>
/// <param name="When">On which occasions.</param>
/// <param name="Owners">Whose signals.</param>
/// <param name="IncludesEarlier">True if what was before the grant is shown too.</param>
/// <param name="Months">How long it lasts; 0 means as long as its call.</param>
/// <param name="CanBeRequested">True if a company may ask for it, and a code carry it.</param>
/// <param name="Meaning">What a yes to it means, in words.</param>
public sealed record Preset(
    string Name, int Version, GrantWhen When, SourceOwners Owners, bool IncludesEarlier, int Months, bool CanBeRequested, string Meaning);

/// <summary>Which presets exist: what <c>presets.csv</c> says.</summary>
public static class PresetTable
{
    private const string FileName = "presets.csv";
    private const int Columns = 8;

    /// <summary>Every preset, the narrowest first.</summary>
    public static ImmutableArray<Preset> All { get; } = Read();

    /// <summary>The preset of this name; absent if there is none.</summary>
    public static Preset? Find(string name) => Find(All, name);

    /// <summary>The preset of this name among <paramref name="presets"/>; absent if there is none.</summary>
    internal static Preset? Find(ImmutableArray<Preset> presets, string name) => presets.FirstOrDefault(preset => preset.Name == name);

    /// <summary>The preset of terms that name none: a request's is the one of the occasions that it names.</summary>
    internal static Preset Default(ImmutableArray<Preset> presets, PresetUse use, GrantWhen? when) =>
        presets.FirstOrDefault(preset => use == PresetUse.Request && preset.CanBeRequested && preset.When == when) ?? Find(presets, use == PresetUse.Page ? "when-we-talk" : "this-call")!;

    private static ImmutableArray<Preset> Read()
    {
        using var table = new StreamReader(typeof(PresetTable).Assembly.GetManifestResourceStream(typeof(PresetTable), FileName)!);
        var lines = table.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'));
        return [.. lines.Skip(1).Select(line => Of(line.Split(',', Columns)))];
    }

    private static Preset Of(string[] cells) => new(
        cells[0],
        int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture),
        Enum.Parse<GrantWhen>(cells[2].Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        cells[3].Split(' ').Aggregate(SourceOwners.None, (all, owner) => all | Enum.Parse<SourceOwners>(owner, ignoreCase: true)),
        cells[4] == "yes",
        int.Parse(cells[5], System.Globalization.CultureInfo.InvariantCulture),
        cells[6] == "yes",
        cells[7]);
}

/// <summary>How terms become whole.</summary>
public static class PresetRules
{
    /// <summary>
    /// The terms with everything set that a grant shows: what they leave out is their preset's, as it is now. Terms that are whole already stay as they are, so nothing that is added to a preset, a purpose
    /// or the customer's sources later widens what was asked or given.
    /// </summary>
    /// <param name="terms">What was asked for.</param>
    /// <param name="use">Where it was asked for.</param>
    /// <param name="state">The customer's consent: which networks are theirs.</param>
    /// <param name="tenant">To whom.</param>
    /// <param name="now">The instant that counts.</param>
    public static Outcome<GrantTerms> Expand(GrantTerms terms, PresetUse use, ConsentState state, TenantId tenant, DateTimeOffset now) =>
        Expand(terms, use, state, tenant, now, PresetTable.All, PurposeTable.Find);

    /// <summary>The same with these presets and purposes, which may be those of a later version.</summary>
    internal static Outcome<GrantTerms> Expand(
        GrantTerms terms, PresetUse use, ConsentState state, TenantId tenant, DateTimeOffset now, ImmutableArray<Preset> presets, Func<Purpose, PurposeRule?> purposes)
    {
        var preset = terms.Preset is { } name ? PresetTable.Find(presets, name) : PresetTable.Default(presets, use, terms.When);
        if (preset is null || (use != PresetUse.Page && !preset.CanBeRequested))
        {
            return new Refusal(RefusalReason.InvalidArgument, "terms.preset", preset is null ? "unknown preset" : "on the customer's own page only");
        }

        if (GrantTermsRules.CheckAsked(terms) is { } broken)
        {
            return broken;
        }

        // A company asks for no more than its presets offer, whichever way it puts it.
        if (use == PresetUse.Request && terms.When == GrantWhen.AnyTime)
        {
            return new Refusal(RefusalReason.InvalidArgument, "terms.when", "any time is for the customer's own page only");
        }

        if (use == PresetUse.Request && terms.AiReaders is not null)
        {
            return new Refusal(RefusalReason.InvalidArgument, "terms.ai_readers", "only the customer ticks it");
        }

        // What a person reads is the preset's sentence: it may not say less than the terms.
        if (use == PresetUse.Request && preset.When == GrantWhen.ThisCallOnly && (terms.When ?? preset.When) != preset.When)
        {
            return new Refusal(RefusalReason.InvalidArgument, "terms.when", $"{preset.Name} is for this call only: name another preset, or none");
        }

        var from = terms.From is { } start && start > now ? start : now;
        var when = terms.When ?? preset.When;
        var owners = terms is { Owners: SourceOwners.None, Sources.Count: 0 } ? preset.Owners : terms.Owners;
        return terms with
        {
            Facets = terms.Facets.IsEmpty ? OpenTo(terms.Purposes, purposes) : terms.Facets,
            Sources = ScopeOf(owners, terms.Sources, state, tenant),
            Owners = SourceOwners.None,
            Until = terms.Until ?? (when == GrantWhen.ThisCallOnly || preset.Months == 0 ? null : from.AddMonths(preset.Months)),
            When = when,
            IncludeEarlier = terms.IncludeEarlier ?? preset.IncludesEarlier,
            Preset = preset.Name,
            PresetVersion = terms.PresetVersion ?? preset.Version,
        };
    }

    /// <summary>Whole terms with what <paramref name="asked"/> says otherwise; what it leaves out stays as it was, and no preset is asked.</summary>
    /// <param name="was">Whole terms.</param>
    /// <param name="asked">What changes.</param>
    /// <param name="state">The customer's consent: which networks are theirs.</param>
    /// <param name="tenant">To whom.</param>
    public static GrantTerms Changed(GrantTerms was, GrantTerms asked, ConsentState state, TenantId tenant) => asked with
    {
        Facets = asked.Facets.IsEmpty ? was.Facets : asked.Facets,
        Sources = asked is { Owners: SourceOwners.None, Sources.Count: 0 } ? was.Sources : ScopeOf(asked.Owners, asked.Sources, state, tenant),
        Owners = SourceOwners.None,
        From = asked.From ?? was.From,
        Until = asked.Until ?? was.Until,
        When = asked.When ?? was.When,
        Interaction = asked.Interaction ?? ((asked.When ?? was.When) == GrantWhen.ThisCallOnly ? was.Interaction : null),
        IncludeEarlier = asked.IncludeEarlier ?? was.IncludeEarlier,
        Preset = was.Preset,
        PresetVersion = was.PresetVersion,
    };

    /// <summary>The sources that owners and names stand for now.</summary>
    private static SourceScope ScopeOf(SourceOwners owners, SourceScope named, ConsentState state, TenantId tenant)
    {
        var scope = owners.HasFlag(SourceOwners.Own) ? named.Union(SourceScope.OwnOf(tenant)) : named;
        return owners.HasFlag(SourceOwners.Mine)
            ? scope.Union(SourceScope.Of(state.Networks.Select(network => network.Network), [SourceId.Customer]))
            : scope;
    }

    private static FacetSet OpenTo(ImmutableArray<Purpose> named, Func<Purpose, PurposeRule?> purposes) =>
        named.Aggregate(FacetSet.None, (all, purpose) => all.Union(purposes(purpose)?.Facets ?? FacetSet.None));
}
