using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Identities;

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
