using CustomerContext.Testing;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>A silo and pages where people sign in at a real OpenID Connect provider (oidc-provider), which also asks on phones (CIBA), and whose mail goes to a real mail server.</summary>
public sealed class ProviderTown : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _settings = new();
    private readonly TempFolder _data = new();

    /// <summary>The provider.</summary>
    public OidcProvider Provider { get; private set; } = null!;

    /// <summary>The silo.</summary>
    internal SiloProcess Silo { get; private set; } = null!;

    /// <summary>The pages.</summary>
    internal WebProcess Web { get; private set; } = null!;

    /// <summary>Where acme's mail and the operator's arrive.</summary>
    internal Mailbox Mail { get; } = new();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var listen = $"127.0.0.1:{FreePort.NextText()}";
        Provider = await OidcProvider.Start();
        await Provider.ServePages($"http://{listen}/");
        var tenants = _settings.File("tenants.json");
        await File.WriteAllTextAsync(tenants, $$"""
            { "CustomerContext": {
              "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Messages": { "Smtp": "{{Mail.Address}}", "From": "Acme <service@acme.example>" } } ],
              "Issuers": [ { "Issuer": "{{Provider.Issuer}}", "Tenants": [ "acme" ], "Customers": true } ] } }
            """);
        Silo = await SiloProcess.Start(
            _data.Path,
            "--tenants", tenants,
            $"--CustomerContext:PublicUrl=http://{listen}/",
            $"--CustomerContext:Ciba:0:Issuer={Provider.Issuer}",
            "--CustomerContext:Ciba:0:ClientId=customercontext-ciba",
            "--CustomerContext:Ciba:0:ClientSecret=secret");
        Web = await WebProcess.Start(
            Silo,
            Silo.Grpc,
            ("CustomerContextWeb__Listen", listen),
            ("CustomerContextWeb__SignIn__Authority", Provider.Issuer),
            ("CustomerContextWeb__SignIn__ClientId", "pages"),
            ("CustomerContextWeb__SignIn__ClientSecret", "secret"));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await using var mail = Mail;
        await using var provider = Provider;
        await using var silo = Silo; // ended whatever the pages have logged
        await Web.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _settings.Dispose();
        _data.Dispose();
    }
}
