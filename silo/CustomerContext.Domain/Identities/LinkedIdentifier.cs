using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Domain.Identities;

/// <summary>An identifier that is attached to a customer. Its value is known as a keyed hash only.</summary>
/// <param name="Key">The key of its identity: key id and keyed hash.</param>
/// <param name="Format">Its format.</param>
/// <param name="Verification">How it came to be trusted.</param>
/// <param name="Tenant">The tenant inside which it means something; absent: all.</param>
/// <param name="LinkedAt">When it was attached.</param>
[GenerateSerializer, Immutable, Alias("LinkedIdentifier")]
public sealed record LinkedIdentifier(
    [property: Id(0)] string Key,
    [property: Id(1)] IdentifierFormat Format,
    [property: Id(2)] Verification Verification,
    [property: Id(3)] TenantId? Tenant,
    [property: Id(4)] DateTimeOffset LinkedAt);

/// <summary>An identifier to which a code was sent, waiting for the code.</summary>
/// <param name="Key">As <see cref="LinkedIdentifier.Key"/>.</param>
/// <param name="Format">Its format.</param>
/// <param name="Code">The code's keyed hash.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="WrongTries">How often a wrong code was tried; from <see cref="Limits.Consents.CodeTries"/> on it is dead.</param>
[GenerateSerializer, Immutable, Alias("SentCode")]
public sealed record SentCode(
    [property: Id(0)] string Key,
    [property: Id(1)] IdentifierFormat Format,
    [property: Id(2)] Digest Code,
    [property: Id(3)] DateTimeOffset SentAt,
    [property: Id(4)] int WrongTries)
{
    /// <summary>First instant at which the code is dead and another identifier may wait in its place.</summary>
    public DateTimeOffset Until => SentAt + Limits.Identifiers.CodeLifetime;
}

/// <summary>Two customers who are one person. Neither is changed by it: it links, and moves nothing.</summary>
/// <param name="Customer">The other one.</param>
/// <param name="Key">The identifier that made it; detaching it undoes it.</param>
/// <param name="At">When it was made.</param>
[GenerateSerializer, Immutable, Alias("Merge")]
public sealed record Merge([property: Id(0)] CustomerKey Customer, [property: Id(1)] string Key, [property: Id(2)] DateTimeOffset At);

/// <summary>The formats of RFC 9493 that name one person; the numbers are those of the public contract.</summary>
public enum IdentifierFormat
{
    /// <summary>A subject of an OpenID Connect issuer: the only one that proves a person enough to link two customers.</summary>
    IssuerSubject = 1,

    /// <summary>E-mail address: weak, people share it.</summary>
    Email = 2,

    /// <summary>Phone number: weak, people share it and pass it on.</summary>
    Phone = 3,

    /// <summary>An id in a tenant's own systems.</summary>
    Opaque = 4,
}

/// <summary>How an identifier came to be trusted; the numbers are those of the public contract.</summary>
public enum Verification
{
    /// <summary>Somebody said so.</summary>
    Unverified = 1,

    /// <summary>The customer proved it.</summary>
    Verified = 2,

    /// <summary>A tenant vouches for it, inside itself.</summary>
    Tenant = 3,

    /// <summary>Somebody followed the link of a request for consent that was sent there: it counts inside that tenant only.</summary>
    LinkFollowed = 4,
}

/// <summary>The shape of subject identifiers (RFC 9493) as they are accepted; nothing is corrected, since a guess would name somebody else.</summary>
public static class IdentifierRules
{
    private const int PhoneMinLength = 3;

    /// <summary>An issuer: an absolute https address, or the name of the development issuer.</summary>
    public static Refusal? Issuer(string issuer, string field) => TextRules.Check(issuer, field, Limits.Identifiers.IssuerLength);

    /// <summary>A subject of an issuer.</summary>
    public static Refusal? Subject(string subject, string field) => TextRules.Check(subject, field, Limits.Identifiers.SubjectLength);

    /// <summary>An e-mail address: one '@' with something on both sides and no space.</summary>
    public static Refusal? Email(string email, string field)
    {
        if (TextRules.Check(email, field, Limits.Identifiers.EmailLength) is { } broken)
        {
            return broken;
        }

        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < email.Length - 1 && email.LastIndexOf('@') == at && !email.Any(char.IsWhiteSpace)
            ? null
            : new Refusal(RefusalReason.InvalidArgument, field, "must be an e-mail address with one '@'");
    }

    /// <summary>A phone number in E.164: '+', a digit from 1 to 9, and up to 14 more digits.</summary>
    public static Refusal? Phone(string phone, string field) =>
        phone.Length is >= PhoneMinLength and <= Limits.Identifiers.PhoneLength
        && phone[0] == '+' && phone[1] is >= '1' and <= '9' && phone.Skip(1).All(char.IsAsciiDigit)
            ? null
            : new Refusal(RefusalReason.InvalidArgument, field, "must be a phone number in E.164, '+' and 2 to 15 digits");

    /// <summary>A customer id of an earlier answer.</summary>
    public static Refusal? CustomerId(string id, string field) =>
        TextRules.Check(id, field, Limits.Identifiers.CustomerIdLength)
        ?? (id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : new Refusal(RefusalReason.InvalidArgument, field, "must be only A-Z, a-z, 0-9, '-' and '_'"));

    /// <summary>An id in a tenant's own systems.</summary>
    public static Refusal? Opaque(string id, string field) => TextRules.Check(id, field, Limits.Identifiers.OpaqueLength);
}
