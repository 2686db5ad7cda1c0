using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Silo.Access;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Subjects;

/// <summary>Whom a tenant named.</summary>
/// <param name="Customer">The customer. For an unknown person the key of nobody, whose grain behaves like one who granted nothing and costs the same time.</param>
/// <param name="IsKnown">False for an unknown person, an unverified or shared identifier, and aliases of which one is unknown or names somebody else.</param>
internal readonly record struct NamedCustomer(CustomerKey Customer, bool IsKnown)
{
    /// <summary>Everybody whom the caller asked about: <see cref="Customer"/>, or for aliases what each of them names.</summary>
    public ImmutableArray<CustomerKey> Asked
    {
        get => field.IsDefault ? [Customer] : field;
        init;
    }
}

/// <summary>Finds the customer that a tenant names (RFC 9493).</summary>
internal sealed class SubjectResolver(IdentityFinder identities, IdentifierHash hash, CustomerIds ids)
{
    /// <summary>The customer that <paramref name="subject"/> names to <paramref name="tenant"/>; <paramref name="field"/> is where it stands in the request.</summary>
    public async ValueTask<Outcome<NamedCustomer>> Resolve(TenantId tenant, SubjectIdentifier? subject, string field)
    {
        if (subject?.IdentifierCase != SubjectIdentifier.IdentifierOneofCase.Aliases)
        {
            return await ResolveOne(tenant, subject, field);
        }

        var aliases = subject.Aliases.Identifiers;
        if (aliases.Count is 0 or > Limits.Identifiers.Aliases)
        {
            return new Refusal(RefusalReason.InvalidArgument, $"{field}.aliases.identifiers", $"must have 1 to {Limits.Identifiers.Aliases} identifiers");
        }

        var named = new NamedCustomer[aliases.Count];
        for (var i = 0; i < aliases.Count; i++)
        {
            var one = await ResolveOne(tenant, aliases[i], $"{field}.aliases.identifiers[{i}]");
            if (!one.IsOk)
            {
                return one;
            }

            named[i] = one.Value;
        }

        // If an unknown alias were passed over, an accomplice who granted would tell with a second alias whether that one is a customer's.
        ImmutableArray<CustomerKey> asked = [.. named.Select(one => one.Customer)];
        return named.All(one => one.IsKnown) && asked.Distinct().Count() == 1
            ? named[0] with { Asked = asked }
            : new NamedCustomer(hash.Nobody(asked[0].Value), IsKnown: false) { Asked = asked };
    }

    private async ValueTask<Outcome<NamedCustomer>> ResolveOne(TenantId tenant, SubjectIdentifier? subject, string field)
    {
        if (subject?.IdentifierCase == SubjectIdentifier.IdentifierOneofCase.CustomerId)
        {
            return IdentifierRules.CustomerId(subject.CustomerId, $"{field}.customer_id") is { } broken ? broken
                : ids.Read(tenant, subject.CustomerId) is { } customer ? new NamedCustomer(customer, IsKnown: true)
                : new NamedCustomer(hash.Nobody(subject.CustomerId), IsKnown: false);
        }

        var keys = KeysOf(tenant, subject, field);
        if (!keys.IsOk)
        {
            return keys.Refusal;
        }

        // Both are looked up for everybody, at the same time, so that neither content nor time tells which of them led to somebody.
        var joined = JoinedKeysOf(tenant, subject) is { } inside ? identities.Owner(inside) : default;
        var known = await identities.Owner(keys.Value);
        return (await joined ?? known) is { } owner
            ? new NamedCustomer(owner, IsKnown: true)
            : new NamedCustomer(hash.Nobody(keys.Value.Current), IsKnown: false);
    }

    /// <summary>The keys of the identity of <paramref name="subject"/>, which is neither aliases nor a customer id.</summary>
    public Outcome<IdentityKeys> KeysOf(TenantId tenant, SubjectIdentifier? subject, string field) => subject?.IdentifierCase switch
    {
        SubjectIdentifier.IdentifierOneofCase.Email =>
            Or(IdentifierRules.Email(subject.Email, $"{field}.email"), () => hash.OfEmail(subject.Email)),
        SubjectIdentifier.IdentifierOneofCase.PhoneNumber =>
            Or(IdentifierRules.Phone(subject.PhoneNumber, $"{field}.phone_number"), () => hash.OfPhone(subject.PhoneNumber)),
        SubjectIdentifier.IdentifierOneofCase.Opaque =>
            Or(IdentifierRules.Opaque(subject.Opaque, $"{field}.opaque"), () => hash.OfOpaque(tenant, subject.Opaque)),
        SubjectIdentifier.IdentifierOneofCase.IssSub => Or(
            IdentifierRules.Issuer(subject.IssSub.Iss, $"{field}.iss_sub.iss") ?? IdentifierRules.Subject(subject.IssSub.Sub, $"{field}.iss_sub.sub"),
            () => hash.OfIssuerSubject(subject.IssSub.Iss, subject.IssSub.Sub)),
        SubjectIdentifier.IdentifierOneofCase.Aliases or SubjectIdentifier.IdentifierOneofCase.CustomerId =>
            new Refusal(RefusalReason.InvalidArgument, field, "must be an identifier of its own here"),
        _ => new Refusal(RefusalReason.InvalidArgument, field, "is required"),
    };

    /// <summary>The keys under which a followed link made an address somebody's inside <paramref name="tenant"/>; absent for what is no address. The subject is well-formed.</summary>
    public IdentityKeys? JoinedKeysOf(TenantId tenant, SubjectIdentifier? subject) => subject?.IdentifierCase switch
    {
        SubjectIdentifier.IdentifierOneofCase.Email => hash.OfJoinedEmail(tenant, subject.Email),
        SubjectIdentifier.IdentifierOneofCase.PhoneNumber => hash.OfJoinedPhone(tenant, subject.PhoneNumber),
        _ => null,
    };

    private static Outcome<IdentityKeys> Or(Refusal? broken, Func<IdentityKeys> key) => broken is null ? key() : broken;
}
