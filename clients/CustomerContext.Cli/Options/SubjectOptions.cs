using System.CommandLine;
using CustomerContext.V1;

namespace CustomerContext.Cli.Options;

/// <summary>Which customer it is about.</summary>
internal sealed class SubjectOptions
{
    private readonly Option<string?> _email = new("--email") { Description = "The customer, by e-mail address", HelpName = "ADDRESS" };
    private readonly Option<string?> _phone = new("--phone") { Description = "The customer, by phone number (E.164)", HelpName = "+NUMBER" };

    private readonly Option<string?> _opaque = new("--opaque")
    {
        Description = "The customer, by an id in the tenant's own systems",
        HelpName = "ID",
    };

    private readonly Option<string?> _customerId = new("--customer-id")
    {
        Description = "The customer, by the id from an earlier answer",
        HelpName = "ID",
    };

    private readonly Option<string?> _iss = new("--iss") { Description = "The customer, by OpenID Connect issuer, with --sub", HelpName = "URL" };
    private readonly Option<string?> _sub = new("--sub") { Description = "The subject at that issuer", HelpName = "SUBJECT" };

    public IEnumerable<Option> All => [_email, _phone, _opaque, _customerId, _iss, _sub];

    /// <summary>The one that is named; several are aliases of one person. Absent: none is.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="withoutOpaque">Leaves the opaque id out.</param>
    /// <exception cref="UsageException">--iss without --sub, or the other way round.</exception>
    public SubjectIdentifier? Subject(ParseResult parsed, bool withoutOpaque = false)
    {
        var named = new List<SubjectIdentifier>();
        Add(_email, Client.Subject.Email);
        Add(_phone, Client.Subject.Phone);
        Add(_customerId, Client.Subject.CustomerId);
        if (!withoutOpaque)
        {
            Add(_opaque, Client.Subject.Opaque);
        }

        if ((parsed.GetValue(_iss), parsed.GetValue(_sub)) is ({ } issuer, { } subject))
        {
            named.Add(Client.Subject.IssuerSubject(issuer, subject));
        }
        else if (parsed.GetValue(_iss) is not null || parsed.GetValue(_sub) is not null)
        {
            throw new UsageException("--iss and --sub go together");
        }

        return named switch
        {
            [] => null,
            [var one] => one,
            _ => Client.Subject.Aliases(named),
        };

        void Add(Option<string?> option, Func<string, SubjectIdentifier> make)
        {
            if (parsed.GetValue(option) is { } value)
            {
                named.Add(make(value));
            }
        }
    }

    /// <summary>The opaque id alone. Absent: it is not given.</summary>
    public SubjectIdentifier? Opaque(ParseResult parsed) => parsed.GetValue(_opaque) is { } id ? Client.Subject.Opaque(id) : null;

    /// <exception cref="UsageException">None is named.</exception>
    public SubjectIdentifier RequiredSubject(ParseResult parsed) =>
        Subject(parsed) ?? throw new UsageException("which customer? For example --email customer1@example.org");
}
