namespace CustomerContext.Cli.Tokens;

/// <summary>Whom a token stands for.</summary>
internal abstract record TokenHolder
{
    private TokenHolder()
    {
    }

    /// <summary>A person who works for a tenant.</summary>
    public sealed record Person(string Tenant, string Actor) : TokenHolder;

    /// <summary>A program of a tenant's.</summary>
    public sealed record Program(string Tenant, string Actor) : TokenHolder;

    /// <summary>A customer, by e-mail address or phone number, both verified.</summary>
    public sealed record Customer(string Subject) : TokenHolder;
}
