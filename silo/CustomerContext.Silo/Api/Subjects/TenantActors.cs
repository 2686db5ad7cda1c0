using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Api.Subjects;

/// <summary>Tenants' callers as they go on record.</summary>
internal sealed class TenantActors(ActorNames names)
{
    /// <summary>The caller in an interaction, which a person must name.</summary>
    public Outcome<TenantActor> Of(TenantCaller caller, string interaction) =>
        TextRules.Check(interaction, "interaction_id", Limits.Consents.InteractionLength, required: caller.IsPerson) is { } broken
            ? broken
            : Of(caller) with { Interaction = interaction.Length > 0 ? interaction : null };

    /// <summary>The caller outside any interaction.</summary>
    public TenantActor Of(TenantCaller caller) =>
        new(caller.Tenant, caller.Role, names.For(caller.Tenant, caller.Actor), null);
}
