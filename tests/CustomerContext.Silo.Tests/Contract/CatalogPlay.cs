using CustomerContext.V1;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>What a client must be able to ask, and how people and identifiers come together.</summary>
internal static class CatalogPlay
{
    private const string Cat = "cat@example.org";

    public static async Task Run(ContractSilo silo)
    {
        await silo.Catalogue.GetCatalogAsync(new GetCatalogRequest { Language = "de" }, silo.AsProgram());
        await silo.Catalogue.GetLogoAsync(new GetLogoRequest { Tenant = "acme" }, AsNobody());
        await Identifiers(silo);
    }

    private static async Task Identifiers(ContractSilo silo)
    {
        await silo.Consents.SetPreferencesAsync(SignalPlay.Preferences("acme"), silo.As(Cat));
        await silo.Consents.CreateGrantAsync(SignalPlay.EveryFacet(), silo.As(Cat));
        var link = new LinkIdentifierRequest { RequestId = Id(), Identifier = new SubjectIdentifier { PhoneNumber = "+4915100000001" } };
        await silo.Identities.LinkIdentifierAsync(link, silo.As(Cat));
        (link.RequestId, link.VerificationCode) = (Id(), silo.LastCode);
        await silo.Identities.LinkIdentifierAsync(link, silo.As(Cat));
        var opaque = new SubjectIdentifier { Opaque = "crm-7" };
        await silo.Identities.LinkIdentifierAsync(new LinkIdentifierRequest { RequestId = Id(), Subject = ByEmail(Cat), Identifier = opaque }, silo.AsProgram());
        var both = new SubjectIdentifier { Aliases = new Aliases { Identifiers = { ByEmail(Cat), opaque } } };
        var known = await silo.Identities.ResolveCustomerAsync(new ResolveCustomerRequest { Subject = both }, silo.AsAgent());
        await silo.Identities.ResolveCustomerAsync(new ResolveCustomerRequest { Subject = new SubjectIdentifier { CustomerId = known.CustomerId } }, silo.AsAgent());
        await silo.Identities.ResolveCustomerAsync(new ResolveCustomerRequest(), silo.As(Cat));
        await silo.Identities.UnlinkIdentifierAsync(new UnlinkIdentifierRequest { RequestId = Id(), Identifier = link.Identifier }, silo.As(Cat));
    }
}
