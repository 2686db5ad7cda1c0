using CustomerContext.Client;

namespace CustomerContext.Web.SignIn;

/// <summary>The silo, through the token of who is signed in and nothing else.</summary>
internal sealed class Silo(CustomerContextClient client, IHttpContextAccessor accessor)
{
    private readonly Lazy<CustomerContextClient> _client = new(() =>
    {
        var context = accessor.HttpContext ?? throw new InvalidOperationException("Only within a request.");
        var token = Sessions.TokenOf(context);
        return client.With(client.Options with { TokenProvider = async _ => await token ?? "" });
    });

    /// <summary>A client for what needs no token: with the token of a customer who is signed in, else with none.</summary>
    public CustomerContextClient Anybody => Visitor.Of(accessor.HttpContext!.User) is { Role: Role.Customer } ? Client : client;

    /// <summary>A client with their token.</summary>
    public CustomerContextClient Client => _client.Value;
}
