using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Identities;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// Identifiers. The customer's list is written before an identity names the customer, and after it no longer does: so it never lacks one, whatever
/// happens in between, and a repeat finishes what was begun.
/// </summary>
internal sealed partial class CustomerGrain
{
    public async Task<Outcome<CodeToSend>> SendCode(LinkIdentifier command, Digest code)
    {
        var isDue = false;
        var changed = await Change((consent, now) =>
        {
            var step = ConsentRules.SendCode(consent, command, code, now);
            isDue = step.Value?.Change is not null;
            return step;
        });
        return changed.Value is { } view ? new CodeToSend(view.Consent.Identifiers.Any(known => known.Key == command.Key), isDue) : changed.Refusal!;
    }

    public async Task AttachOwn(LinkedIdentifier identifier)
    {
        await Change((consent, _) => ConsentRules.AttachOwn(consent, [identifier]));
        await Name([identifier]);
    }

    public async Task<Refusal?> LinkIdentifier(LinkIdentifier command, CustomerKey? owner)
    {
        var linked = await Change((consent, now) => ConsentRules.LinkIdentifier(consent, command, owner == _customer ? null : owner, now));
        if (linked.Value is not { } view)
        {
            return linked.Refusal;
        }

        if (view.Consent.Merge is { } merge && merge.Key == command.Key)
        {
            var refused = await GrainFactory.GetGrain<ICustomerGrain>(merge.Customer.Value).AcceptMerge(merge with { Customer = _customer });
            if (refused is not null)
            {
                await DropMerge(command.Key);
            }

            return refused;
        }

        return await Name([.. view.Consent.Identifiers.Where(known => known.Key == command.Key)]);
    }

    public async Task<Refusal?> UnlinkIdentifier(UnlinkIdentifier command)
    {
        var before = await GetConsent();
        var merge = before.Merge;
        if (merge?.Key != command.Key)
        {
            // First, so that a repeat finishes it. Which address the mail goes to is sealed: an e-mail address that goes ends it, and the customer may want it again.
            if (before.Identifiers.Any(known => known.Key == command.Key && known.Format == IdentifierFormat.Email))
            {
                await EndMail();
            }

            await IdentityOf(command.Key).Unlink(_customer);
        }

        var unlinked = await Change((consent, _) => ConsentRules.UnlinkIdentifier(consent, command));
        if (unlinked.IsOk && merge?.Key == command.Key)
        {
            // Undone already: a merge counts only while both say so.
            await GrainFactory.GetGrain<ICustomerGrain>(merge.Customer.Value).DropMerge(command.Key);
        }

        return unlinked.Refusal;
    }

    public async Task AttachOfTenant(LinkedIdentifier identifier, TenantActor by)
    {
        await TenantChangesKnown();
        await Change((consent, _) => ConsentRules.AttachOfTenant(consent, identifier, by));

        // It is not on the list if there was no room, or if the customer is being erased. The company does not learn which.
        await Name([identifier]);
    }

    public async Task DetachOfTenant(string key, TenantActor by)
    {
        await TenantChangesKnown();
        await IdentityOf(key).Unlink(_customer);
        await Change((consent, _) => ConsentRules.Detach(consent, key, by));
    }

    public async Task<Outcome<ImmutableArray<LinkedIdentifier>>> Resolve(TenantActor by)
    {
        var record = DisclosureRecord.Resolved(by, _time.GetUtcNow());
        var consent = await GetConsent();
        var isLet = ConsentRules.HasLiveGrant(consent, by.Tenant, record.At) && await PartnerLetsResolve(consent.Merge, record);
        var resolved = await _session.Decide<Outcome<ImmutableArray<LinkedIdentifier>>>(latest =>
            isLet && ConsentRules.HasLiveGrant(latest, by.Tenant, _time.GetUtcNow())
                ? new(latest.Identifiers.RemoveAll(identifier => identifier.Tenant != by.Tenant), latest, record.ToBytes())
                : new(new Refusal(RefusalReason.ConsentRequired), latest));
        return Counted(resolved.Result, by.Tenant);
    }

    /// <summary>True if there is no linked customer, or that one has a live grant too and has it on record.</summary>
    private async Task<bool> PartnerLetsResolve(Merge? merge, DisclosureRecord record)
    {
        if (merge is null)
        {
            return true;
        }

        var partner = GrainFactory.GetGrain<ICustomerGrain>(merge.Customer.Value);
        var consent = await partner.GetConsent();
        if (consent.Merge?.Customer != _customer)
        {
            return true;
        }

        if (!ConsentRules.HasLiveGrant(consent, record.Tenant!.Value, record.At))
        {
            return false;
        }

        await partner.Note(record, isRepeat: false);
        return true;
    }

    public Task Rekey(string from, string to, bool isDone) => Change((consent, _) => ConsentRules.Rekey(consent, from, to, isDone));

    /// <summary>Lets the identities of these identifiers name the customer, as far as they are on the customer's list.</summary>
    /// <returns>Why one does not: somebody else became its customer at the same moment. Try again.</returns>
    private async Task<Refusal?> Name(IEnumerable<LinkedIdentifier> identifiers)
    {
        var consent = await GetConsent();
        foreach (var own in identifiers.Where(own => consent.Identifiers.Any(known => known.Key == own.Key)))
        {
            if (own.Format != IdentifierFormat.IssuerSubject)
            {
                await IdentityOf(own.Key).Link(_customer, verified: true);
            }
            else if ((await IdentityOf(own.Key).Claim(_customer)).Value != _customer)
            {
                await Change((state, _) => ConsentRules.Detach(state, own.Key));
                return new Refusal(RefusalReason.Unavailable);
            }
        }

        return null;
    }

    private IIdentityGrain IdentityOf(string key) => GrainFactory.GetGrain<IIdentityGrain>(key);
}
