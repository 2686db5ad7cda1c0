using CustomerContext.Silo.Ciba;

namespace CustomerContext.Silo.Config;

/// <summary>
/// What an operator can set, as written: section <c>CustomerContext</c> of appsettings.json, environment variables (<c>CustomerContext__Data</c>),
/// command line (<c>--data</c>). Read at start, checked by <see cref="SiloConfigReader"/>, then only <see cref="SiloConfig"/> is used. Tenants, issuers and rates
/// are read again whenever <see cref="TenantsFile"/> changes.
/// </summary>
internal sealed class SiloOptions
{
    /// <summary>Folder of the SQLite file and of the keys. Default: <c>./data</c>, made if missing.</summary>
    public string Data { get; init; } = "./data";

    /// <summary>Where gRPC (HTTP/2 without TLS) listens, <c>IP:PORT</c>; port 0 takes a free one. Default: 127.0.0.1:5101.</summary>
    public string Grpc { get; init; } = "127.0.0.1:5101";

    /// <summary>Where HTTP/1.1 (health) listens, <c>IP:PORT</c>; port 0 takes a free one. Default: 127.0.0.1:5102.</summary>
    public string Http { get; init; } = "127.0.0.1:5102";

    /// <summary><c>HOST:PORT</c> of a Redis that keeps everything. Default: absent, the embedded SQLite file.</summary>
    public string? Redis { get; init; }

    /// <summary>Start although the Redis may lose what was acknowledged. Default: false.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Take a Redis whose store identity is not the one this data folder knows. Default: false.</summary>
    public bool AcceptStore { get; init; }

    /// <summary>Start though the journal of withdrawals that belongs to the store is lost. Default: false.</summary>
    public bool AcceptJournal { get; init; }

    /// <summary>Make a new key that signs receipts; old ones stay published. Default: false, then a new one is made every 12 months.</summary>
    public bool RotateReceiptKey { get; init; }

    /// <summary>Local tokens from a key in the data folder; only on loopback. Default: true.</summary>
    public bool Development { get; init; } = true;

    /// <summary>Load the demo town at start, if the store is empty. Default: false.</summary>
    public bool Demo { get; init; }

    /// <summary>Number of customers of the demo town, 1 to 100,000. Default: 3000.</summary>
    public int DemoCustomers { get; init; } = 3000;

    /// <summary>Issuers that ask customers on their devices (CIBA). Default: none. Checked by <see cref="CibaConfigReader"/>.</summary>
    public IReadOnlyList<CibaOptions> Ciba { get; init; } = [];

    /// <summary>Port of the Orleans silo, 1 to 65,535. Default: 11111.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port of the Orleans gateway, 1 to 65,535, or 0 for none. Default: 30000.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>JSON file with Tenants, Issuers and Customers; a change counts at once. Default: absent, tenants.json beside the program.</summary>
    public string? TenantsFile { get; init; }

    /// <summary>The companies served. Default: none, so nobody can call.</summary>
    public IReadOnlyList<TenantOptions> Tenants { get; init; } = [];

    /// <summary>OpenID Connect issuers whose access tokens are believed. Default: none, so that only development tokens are.</summary>
    public IReadOnlyList<IssuerOptions> Issuers { get; init; } = [];

    /// <summary>How much each customer may do. Default: Limits.Rates.Customer.</summary>
    public RateOptions Customers { get; init; } = new();

    /// <summary>The tribes that customers can join by name, at most 10,000. Default: none.</summary>
    public IReadOnlyList<TribeOptions> Tribes { get; init; } = [];
}
