using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Briefs;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Wording;
using static CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Briefs;

/// <summary>Looks at a customer, and their briefs.</summary>
internal static class Given
{
    public static TenantId Acme { get; } = new("acme");

    public static FacetSet Everything { get; } = FacetSet.All.Except(FacetSet.Of(Facet.Help));

    /// <summary>What acme is shown of <paramref name="state"/> as <paramref name="facets"/>.</summary>
    public static ShownContext Shown(CustomerState state, FacetSet? facets = null, ContextView? view = null, GroupsContent? groups = null, TenantId? reader = null, IAnswerTimes? times = null, Roster? roster = null)
    {
        var (shown, seen) = (facets ?? Everything, view ?? All);
        var waiting = AttentionView.Of(state, seen, reader ?? Acme, times ?? Attention.Given.Standard, Noon).Select(item => item with { CouldAnswer = roster?.For(item.Topics) ?? [] }).ToImmutableArray();
        var part = new ShownPart(shown, seen, ScoreCut.Of(state.Seen(Noon, seen), shown), groups ?? Around(), waiting);
        return new ShownContext(reader ?? Acme, [part], AbsenceRules.ForCompany([part], reader ?? Acme), null);
    }

    public static GroupsContent Around(MoodWord? friends = null, params JoinedTribe[] tribes) => new(
        Noon, friends is { } word ? new NetworkMood(word, Direction.Steady, Direction.Steady, SizeBand.From10, Noon.AddHours(-6)) : null, null, [.. tribes], [], null);

    public static Brief Brief(ShownContext shown) => BriefRules.Of(shown, Noon);

    public static string Headline(ShownContext shown, Language language = Language.English) => Words(language).Headline(Brief(shown));

    public static string[] Texts(ShownContext shown, Language language = Language.English)
    {
        var brief = Brief(shown);
        return [.. brief.Points.Select(point => Words(language).Text(point, brief))];
    }

    public static BriefWords Words(Language language) => new(WordList.Of(language), tribe => tribe);
}
