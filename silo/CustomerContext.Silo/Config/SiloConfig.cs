using System.Net;
using CustomerContext.Storage.Redis;

namespace CustomerContext.Silo.Config;

/// <summary>The checked configuration: immutable, the only form that the rest of the process sees. <see cref="Access"/> is what held at the start.</summary>
internal sealed record SiloConfig(
    string DataFolder,
    string KeysFolder,
    string JournalFolder,
    IPEndPoint Grpc,
    IPEndPoint Http,
    IPEndPoint? Metrics,
    int ConnectionsPerAddress,
    RedisAccess? Redis,
    bool AcceptLoss,
    bool AcceptStore,
    bool AcceptJournal,
    bool RotateReceiptKey,
    bool Development,
    bool AsksOnDevices,
    IPEndPoint Silo,
    OwnCertificate? Certificate,
    ClusterIdentity? Cluster,
    Uri? Otlp,
    bool HasTraces,
    Uri? PublicUrl,
    AccessConfig Access,
    TribeDirectory Tribes,
    MailServer? Mail);
