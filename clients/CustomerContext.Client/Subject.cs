using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>Names a customer, after RFC 9493. Values are checked by the server; all are personal data.</summary>
public static class Subject
{
    /// <summary>By e-mail address, 3 to 254 characters.</summary>
    public static SubjectIdentifier Email(string address) => new() { Email = address };

    /// <summary>By phone number in E.164: '+' and 2 to 15 digits.</summary>
    public static SubjectIdentifier Phone(string number) => new() { PhoneNumber = number };

    /// <summary>By an id in the tenant's own systems, 1 to 128 characters.</summary>
    public static SubjectIdentifier Opaque(string id) => new() { Opaque = id };

    /// <summary>By the subject that an OpenID Connect issuer knows: issuer an https URL of 1 to 256 characters, subject 1 to 255.</summary>
    public static SubjectIdentifier IssuerSubject(string issuer, string subject) =>
        new() { IssSub = new IssuerSubject { Iss = issuer, Sub = subject } };

    /// <summary>By the customer id that this tenant got in an earlier answer, 1 to 64 characters.</summary>
    public static SubjectIdentifier CustomerId(string id) => new() { CustomerId = id };

    /// <summary>By several identifiers of one and the same person, 1 to 8; none of them aliases itself.</summary>
    public static SubjectIdentifier Aliases(params IEnumerable<SubjectIdentifier> identifiers) =>
        new() { Aliases = new Aliases { Identifiers = { identifiers } } };
}
