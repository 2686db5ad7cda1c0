using CustomerContext.Domain;
using CustomerContext.Silo.Ciba;

namespace CustomerContext.Silo.Config;

/// <summary>
/// What an operator can set, as written: section <c>CustomerContext</c> of appsettings.json, environment variables (<c>CustomerContext__Data</c>),
/// command line (<c>--data</c>). Read at start, checked by <see cref="SiloConfigReader"/>, then only <see cref="SiloConfig"/> is used. Tenants, issuers and rates
/// are read again whenever <see cref="TenantsFile"/> changes.
/// </summary>
internal sealed class SiloOptions
{
    [Setting("--data", "DIR", "Folder of the SQLite file and of the keys; made if missing. Nobody but its owner may have rights in it.")]
    public string Data { get; init; } = "./data";

    [Setting("--grpc", "IP:PORT", "Where gRPC (HTTP/2) listens; port 0 takes a free one.")]
    public string Grpc { get; init; } = "127.0.0.1:5101";

    [Setting("--http", "IP:PORT", "Where HTTP/1.1 (health, metrics, public keys) listens; port 0 takes a free one.")]
    public string Http { get; init; } = "127.0.0.1:5102";

    [Setting("--metrics", "IP:PORT", "Where /metrics is shown, and nothing else; then HTTP does not show it. Without it HTTP does.")]
    public string? Metrics { get; init; }

    [Setting("--connections-per-address", "N", "Open connections of one address (IPv6: one /64), of gRPC and of HTTP each; 1 to 10000. Behind a proxy all come from its address.")]
    public int ConnectionsPerAddress { get; init; } = Limits.Doors.ConnectionsPerAddress;

    [Setting("--certificate", "FILE", "Certificate of gRPC, HTTP and metrics: PEM with its chain, or PFX (.pfx, .p12). All of them then speak TLS only. Read at start.")]
    public string? Certificate { get; init; }

    [Setting("--certificate-key", "FILE", "PEM file of the certificate's private key, if it is not in the certificate's own file.")]
    public string? CertificateKey { get; init; }

    [Setting("", "TEXT", "Password of a PFX certificate.")]
    public string? CertificatePassword { get; init; }

    [Setting("--cleartext", "", "Allows gRPC, HTTP and metrics without a certificate on addresses other than loopback, for example behind a proxy that speaks TLS.")]
    public bool Cleartext { get; init; }

    [Setting("--silo-address", "IP", "Where the other silos of a cluster reach Orleans. Other than loopback needs --cluster-certificate.")]
    public string SiloAddress { get; init; } = "127.0.0.1";

    [Setting("--silo-port", "PORT", "Port of Orleans, 1 to 65535, at --silo-address. It speaks mutual TLS and nothing else.")]
    public int SiloPort { get; init; } = 11111;

    [Setting("--cluster-certificate", "FILE", "Makes this silo one of a cluster: the certificate that silos show each other, PEM or PFX without a password. Needs --cluster-authority and --redis. Without it the silo is alone, with a certificate made in memory at each start.")]
    public string? ClusterCertificate { get; init; }

    [Setting("--cluster-certificate-key", "FILE", "PEM file of the cluster certificate's private key, if it is not in the certificate's own file.")]
    public string? ClusterCertificateKey { get; init; }

    [Setting("--cluster-authority", "FILE", "PEM certificate of the private authority that issues the certificates of this cluster's silos, and of nothing else.")]
    public string? ClusterAuthority { get; init; }

    [Setting("--cluster-id", "NAME", "Name of the cluster in its Redis, 1 to 64 of a-z, 0-9 and '-': the silos that give the same one are one cluster.")]
    public string ClusterId { get; init; } = "customercontext";

    [Setting("--keys", "DIR", "Folder of identity.key, receipt-keys and development-key.pem, the same for all silos of a cluster. Without it: the data folder.")]
    public string? Keys { get; init; }

    [Setting("--journal", "DIR", "Folder of the journals of withdrawals, one that all silos of a cluster share and that outlives their machines. Without it: the data folder.")]
    public string? Journal { get; init; }

    [Setting("--redis", "HOST:PORT", "A Redis that keeps everything, instead of the SQLite file.")]
    public string? Redis { get; init; }

    [Setting("--redis-service", "NAME", "The name by which Sentinels know the primary; --redis then lists the Sentinels, with commas between. Needs --redis.")]
    public string? RedisService { get; init; }

    [Setting("--redis-user", "NAME", "The user of Redis' access lists, whose password is RedisPassword. Without it: Redis' default user. Needs --redis.")]
    public string? RedisUser { get; init; }

    [Setting("", "TEXT", "Password for Redis, and for its Sentinels. Give it as CustomerContext__RedisPassword, since other users of a machine see command lines.")]
    public string? RedisPassword { get; init; }

    [Setting("--redis-tls", "", "Speaks TLS to Redis, and to its Sentinels. Needs --redis.")]
    public bool RedisTls { get; init; }

    [Setting("--redis-authority", "FILE", "PEM certificate of the authority that vouches for Redis, besides those that this machine believes. Needs --redis-tls.")]
    public string? RedisAuthority { get; init; }

    [Setting("--redis-certificate", "FILE", "Certificate that is shown to Redis, PEM or PFX without a password. Needs --redis-tls.")]
    public string? RedisCertificate { get; init; }

    [Setting("--redis-certificate-key", "FILE", "PEM file of that certificate's private key, if it is not in the certificate's own file.")]
    public string? RedisCertificateKey { get; init; }

    [Setting("--accept-loss", "", "Starts although the Redis may lose what was acknowledged. Needs --redis.")]
    public bool AcceptLoss { get; init; }

    [Setting("--accept-store", "", "Takes a Redis that came back empty, or that is another one than this data folder knows. Needs --redis.")]
    public bool AcceptStore { get; init; }

    [Setting("--accept-journal", "", "Starts although the store and withdrawals.journal do not belong together (docs/consent.md).")]
    public bool AcceptJournal { get; init; }

    [Setting("--rotate-receipt-key", "", "Signs receipts with a new key from now on; old ones stay published. Without it a new one is made every 12 months.")]
    public bool RotateReceiptKey { get; init; }

    [Setting("--development", "", "Believes local tokens, signed with a key in the data folder. Whoever reads that folder can be anybody, so it listens on loopback only.")]
    public bool Development { get; init; }

    [Setting("--public-url", "URL", "Where people reach the pages: links for them begin with it, for example https://consent.example.org/. In development mode http://127.0.0.1:5100/; otherwise no links are made without it (docs/joins.md).")]
    public string? PublicUrl { get; init; }

    [Setting("--tenants", "FILE", "JSON file with Tenants, Issuers and Customers; a change counts at once. Without it: tenants.json beside the program.")]
    public string? TenantsFile { get; init; }

    [Setting("--otlp", "URL", "Where metrics, and traces if they are on, are sent by OTLP over gRPC, for example http://127.0.0.1:4317 (docs/metrics.md).")]
    public string? Otlp { get; init; }

    [Setting("--traces", "on|off", "Traces of calls: the door, the grains, the store. Costs time in each call. Needs --otlp.")]
    public string Traces { get; init; } = "off";

    [Setting("", "LIST", "The companies that are served (docs/access.md).")]
    public IReadOnlyList<TenantOptions> Tenants { get; init; } = [];

    [Setting("", "LIST", "OpenID Connect issuers whose access tokens are believed (docs/access.md). Without any, only development tokens are.")]
    public IReadOnlyList<IssuerOptions> Issuers { get; init; } = [];

    [Setting("", "RATES", "How much each customer may do: Looks, Signals and Other, calls a second (docs/access.md).")]
    public RateOptions Customers { get; init; } = new();

    [Setting("", "MAIL", "The operator's own mail server, for mail to customers about looks: Smtp (HOST:PORT, TLS), From, User, Password (docs/consent.md).")]
    public MailOptions Mail { get; init; } = new();

    [Setting("", "LIST", "The tribes that customers can join by name, at most 10,000: Id, Name, Topics.")]
    public IReadOnlyList<TribeOptions> Tribes { get; init; } = [];

    [Setting("", "LIST", "Issuers that ask customers on their devices: Issuer, ClientId, ClientSecret, ExpirySeconds (docs/consent.md).")]
    public IReadOnlyList<CibaOptions> Ciba { get; init; } = [];
}
