using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Api.Tribes;

/// <summary>Which tribes a caller may see, and for what: a tenant all of them, for the purposes that are enabled for it; a customer those that they are in or that are proposed to them.</summary>
internal sealed class TribeAccess(CurrentAccess access, TribeDirectory tribes, CustomerSelf self)
{
    /// <summary>What a customer reads for if they do not say.</summary>
    private static readonly Purpose _own = new("service.support");

    /// <summary>The audience that <paramref name="caller"/> reads as.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="forTrends">True for trends, which are open to every purpose and show only who said yes to that.</param>
    public Outcome<Audience> Audience(Caller caller, string purpose, bool forTrends = false)
    {
        var isCustomer = caller is CustomerCaller;
        if (TextRules.Check(purpose, "purpose", Limits.Consents.PurposeLength, required: !isCustomer) is { } broken)
        {
            return broken;
        }

        var named = purpose.Length == 0 ? _own : new Purpose(purpose);
        var isEnabled = caller is not TenantCaller tenant || access.Now.Allows(tenant, named);
        return !isEnabled || PurposeTable.Find(named) is not { } rule || !(forTrends || rule.Facets.Contains(Facet.Tribes))
            ? new Refusal(RefusalReason.CallerNotAllowed, "purpose", "The purpose is not enabled for the caller, or tribes are closed to it.")
            : forTrends ? Domain.Groups.Audience.Trends : Domain.Groups.Audience.Of(named);
    }

    /// <summary>The tribe of an id, if <paramref name="caller"/> may see it.</summary>
    public async Task<Outcome<TribeInfo>> Find(Caller caller, string id)
    {
        if (TribeId.RuleBroken(id) is { } rule)
        {
            return new Refusal(RefusalReason.InvalidArgument, "tribe_id", $"must be {rule}");
        }

        var tribe = tribes.Find(new TribeId(id));
        var isSeen = tribe is not null && (caller is not CustomerCaller customer || (await Own(customer)).Contains(tribe.Id));
        return isSeen ? tribe! : new Refusal(RefusalReason.NotFound, Rule: "There is no such tribe.");
    }

    /// <summary>All tribes that <paramref name="caller"/> may see, ordinal by id.</summary>
    public async Task<IEnumerable<TribeInfo>> List(Caller caller)
    {
        if (caller is not CustomerCaller customer)
        {
            return tribes.All;
        }

        var own = await Own(customer);
        return tribes.All.Where(tribe => own.Contains(tribe.Id));
    }

    private async Task<IReadOnlySet<TribeId>> Own(CustomerCaller caller) =>
        await self.Find(caller) is { } customer ? (await customer.ListTribes()).ToHashSet() : new HashSet<TribeId>();
}
