using CustomerContext.Cli.Tokens;

namespace CustomerContext.Web.SignIn;

/// <summary>Somebody that the demo's sign-in lets one be.</summary>
/// <param name="Id">In the form and the test id: <c>as-ID</c>.</param>
/// <param name="Role">Which pages they see.</param>
/// <param name="Holder">Whom their token stands for.</param>
/// <param name="Scopes">What it allows.</param>
internal sealed record DemoPerson(string Id, Role Role, TokenHolder Holder, string[] Scopes)
{
    private static readonly string[] _agentScopes = ["context.read", "signal.write", "consent.manage", "tribe.read", "attention.work"];

    /// <summary>Those with a button.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("agent-acme", Role.Agent, new TokenHolder.Person("acme", "agent-7"), _agentScopes),
        new("agent-globex", Role.Agent, new TokenHolder.Person("globex", "agent-3"), _agentScopes),
        OfAddress("customer1", "customer1@example.org"),
        new("analyst-acme", Role.Analyst, new TokenHolder.Person("acme", "analyst-1"), ["tribe.read"]),
        new("operator", Role.Operator, new TokenHolder.Person("acme", "operator-1"), ["tribe.read"]),
    ];

    /// <summary>The customer of an e-mail address or a phone number.</summary>
    public static DemoPerson OfAddress(string id, string address) =>
        new(id, Role.Customer, new TokenHolder.Customer(address), DevelopmentTokens.CustomerScopes);

    /// <summary>As the session keeps them.</summary>
    public Visitor ToVisitor() => Holder switch
    {
        TokenHolder.Person person => new Visitor(Role, person.Actor, person.Tenant),
        TokenHolder.Customer customer => new Visitor(Role, customer.Subject, ""),
        _ => throw new InvalidOperationException("The demo lets nobody be a program."),
    };
}
