using System.Globalization;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.Facets;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace CustomerContext.Web.Pages.Me;

/// <summary>The customer's tribes: where they count, who may see it, and one press each to leave and to join.</summary>
internal sealed class TribesModel(Silo silo, OwnWord own, Phrases words) : SayingModel(words)
{
    public IReadOnlyList<JoinedTribe> Joined { get; private set; } = [];

    /// <summary>Ids of the tribes whose interest has faded: leaving is suggested.</summary>
    public IReadOnlySet<string> Faded { get; private set; } = new HashSet<string>();

    /// <summary>What waits for a yes or a no.</summary>
    public IReadOnlyList<(Proposal Proposal, Tribe Tribe)> Suggested { get; private set; } = [];

    public IReadOnlyList<Tribe> Others { get; private set; } = [];

    /// <summary>The purposes for which the customer counts, in words.</summary>
    public IReadOnlyList<string> CountedFor { get; private set; } = [];

    public bool InTrends { get; private set; }

    /// <summary>The companies that may see of which tribes the customer is.</summary>
    public IReadOnlyList<string> SeenBy { get; private set; } = [];

    public bool IsPaused { get; private set; }

    public override async Task OnGet(CancellationToken stop)
    {
        try
        {
            var me = silo.Client.Me;
            var catalog = silo.Client.GetCatalogAsync(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, stop);
            var consent = me.GetConsentAsync(cancellation: stop);
            var waiting = me.ListRequestsAsync(stop);
            var context = (await me.GetContextAsync(new LookupOptions { Facets = [Facet.Tribes] }, stop)).Context;
            Joined = [.. context.Tribes?.Joined ?? []];
            Show(await consent);

            var tribes = (await catalog).Tribes;
            var proposals = (await waiting).Proposals;
            var isIn = Joined.Select(joined => joined.Tribe.TribeId).ToHashSet();
            Faded = proposals.Where(proposal => proposal.Kind == ProposalKind.LeaveTribe).Select(proposal => proposal.TribeId).ToHashSet();
            Suggested = [.. proposals.Where(proposal => proposal.Kind == ProposalKind.Tribe).DistinctBy(proposal => proposal.TribeId).Join(tribes, proposal => proposal.TribeId, tribe => tribe.TribeId, (proposal, tribe) => (proposal, tribe))];
            Others = [.. tribes.Where(tribe => !isIn.Contains(tribe.TribeId) && Suggested.All(one => one.Tribe.TribeId != tribe.TribeId))];
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, Words)];
        }
    }

    public Task<IActionResult> OnPostJoin(string? tribe, CancellationToken stop) => Do(() => own.Say(Of(tribe, MembershipChange.Joined), stop), "my-tribes.done.joined", stop);

    /// <summary>Leaves a tribe, or says no to one that was suggested: both are for good until the customer says otherwise, and always possible.</summary>
    public Task<IActionResult> OnPostLeave(string? tribe, CancellationToken stop) => Do(() => own.TakeBack([Of(tribe, MembershipChange.Left)], stop), "my-tribes.done.left", stop);

    private static Signal Of(string? tribe, MembershipChange change) => new() { Membership = new MembershipSignal { TribeId = tribe ?? "", Change = change } };

    private void Show(ListGrantsResponse consent)
    {
        IsPaused = consent.PausedSinceTime is not null;
        CountedFor = [.. consent.Preferences.Contribute.Select(purpose => Words.Find($"purpose.{purpose}") ?? Said.Clean(purpose))];
        InTrends = consent.Preferences.Publish;
        SeenBy = [.. consent.Grants.Where(grant => grant.Terms.Facets.Contains(Facet.Tribes)).Select(grant => Words.Company(grant.Tenant)).Distinct().Order(StringComparer.CurrentCulture)];
    }
}
