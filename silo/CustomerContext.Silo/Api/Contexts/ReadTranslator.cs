using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using Google.Protobuf.Collections;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>A checked request to read.</summary>
/// <param name="Look">What the grain is asked: only facets that this version has go on record as seen.</param>
/// <param name="Later">Facets that were asked for and come with a later version.</param>
internal sealed record TenantRead(LookRequest Look, FacetSet Later);

/// <summary>What a tenant's caller wants to read, checked against the tenant's configuration; what the customer allows is the grain's to say.</summary>
internal sealed class ReadTranslator(SiloConfig config, ActorNames actors)
{
    private const int PurposeLength = 40;

    /// <summary>The look that a request asks for.</summary>
    public Outcome<TenantRead> Read(TenantCaller caller, string purpose, RepeatedField<V1.Facet> facets, string interaction)
    {
        var set = Facets.Read(facets, "facets");
        var broken = set.Refusal
            ?? TextRules.Check(purpose, "purpose", PurposeLength)
            ?? TextRules.Check(interaction, "interaction_id", Limits.Consents.InteractionLength, required: caller.IsPerson);
        if (broken is not null)
        {
            return broken;
        }

        if (!config.Tenants[caller.Tenant].Purposes.Contains(new Purpose(purpose)))
        {
            return new Refusal(RefusalReason.CallerNotAllowed, "purpose", "The purpose is not enabled for the caller's tenant.");
        }

        var role = caller.IsPerson ? ActorRole.Person : ActorRole.Service;
        var now = set.Value.Intersect(FacetMessages.Available);
        var asked = now.IsEmpty ? set.Value : now;
        var read = new ReadRequest(caller.Tenant, role, new Purpose(purpose), asked, interaction.Length > 0 ? interaction : null, []);
        return new TenantRead(new LookRequest(read, actors.For(caller.Tenant, caller.Actor)), set.Value.Except(FacetMessages.Available));
    }
}
