using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Tests.Groups;

namespace CustomerContext.Silo.Tests.Watches;

/// <summary>Customers whom acme may watch.</summary>
internal static class Watched
{
    private static readonly TenantId _acme = new("acme");
    private static readonly Purpose _support = new("service.support");

    /// <summary>Someone who was heard once and lets acme see everything; the grant.</summary>
    public static async Task<GrantId> Make(GroupSilo silo, CustomerKey customer)
    {
        await silo.SetPreferences(customer, false);
        await silo.Publish(customer, silo.Answer(4));
        return (await silo.Customer(customer).CreateGrant(new CreateGrant("g", _acme, Terms(FacetSet.All)))).Value!.Grant!.Id;
    }

    /// <summary>Terms at any time.</summary>
    public static GrantTerms Terms(FacetSet facets) => new([_support], facets, SourceScope.None, null, null, GrantWhen.AnyTime);

    /// <summary>What an agent of acme watches.</summary>
    public static ReadRequest Read => new(_acme, ActorRole.Person, _support, FacetSet.Of(Facet.Sentiment, Facet.TopOfMind), "call-1");

    /// <summary>Opens a watch of acme; its name.</summary>
    public static async Task<string> Open(ICustomerGrain customer) =>
        (await customer.OpenWatch(new WatchRequest(new LookRequest(Read, "actor"), DateTimeOffset.MaxValue))).Value!;
}
