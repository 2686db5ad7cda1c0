namespace CustomerContext.Domain.Consents;

/// <summary>What a customer's yes on a device can give that showed no terms, but who asks and in which call: so it is no yes to anything that reaches further.</summary>
public static class DeviceRules
{
    /// <summary>
    /// The part of <paramref name="request"/> that a yes on a device gives: this call only, and what the company sent itself. Absent if there is no such part: then only the page asks.
    /// </summary>
    public static GrantTerms? GivenBy(WaitingRequest request)
    {
        var own = request.Terms.Sources.Intersect(SourceScope.OwnOf(request.Tenant));
        return request is { Interaction: not null, Terms.When: GrantWhen.ThisCallOnly } && own.Count > 0
            ? request.Terms with { Sources = own, Owners = SourceOwners.None, ShowWhere = false }
            : null;
    }
}
