using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CustomerContext.Client;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Google.Protobuf;

namespace CustomerContext.Faults.Tests.Cluster;

/// <summary>Silos that serve as one, each a process, on a Redis of their own: keys, journals and certificates shared, a data folder each.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    /// <summary>What Orleans, and who calls a lost silo, logs when one goes.</summary>
    public static readonly string[] LogsOfLoss = ["Orleans", "Polly", "CustomerContext", "Microsoft.Extensions.Diagnostics.HealthChecks"];

    private const string SiloName = "silo.customercontext.internal";

    private readonly TempFolder _shared = new();
    private readonly List<Member> _members = [];

    private SiloCluster(RedisServer redis) => Redis = redis;

    public RedisServer Redis { get; }

    /// <summary>How many silos there are, up or not.</summary>
    public int Count => _members.Count;

    /// <summary>Starts <paramref name="silos"/> silos, one after the other.</summary>
    public static async Task<SiloCluster> Start(int silos)
    {
        var cluster = new SiloCluster(await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always"));
        using var authority = new TestCertificates("the cluster");
        using var certificate = authority.Issue(SiloName);
        File.WriteAllText(cluster._shared.File("authority.pem"), authority.AuthorityPem);
        File.WriteAllText(cluster._shared.File("silo.pem"), certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        for (var i = 0; i < silos; i++)
        {
            cluster._members.Add(new Member(new TempFolder(), FreePort.Next(), FreePort.Next()));
            await cluster.StartAgain(i);
        }

        return cluster;
    }

    /// <summary>One of the silos.</summary>
    public SiloProcess Silo(int i) => _members[i].Silo;

    /// <summary>The stubs for one of the silos.</summary>
    public SiloClient Client(int i) => _members[i].Client;

    /// <summary>Starts a silo, or starts it again on the same ports with the same folder.</summary>
    public async Task StartAgain(int i)
    {
        var member = _members[i];
        if (member.Silo is { } before)
        {
            member.Silo = null!; // One that does not start says why; there is none to end then.
            await before.DisposeAsync();
        }

        member.Silo = await SiloProcess.Start(
            member.Data.Path,
            "--grpc", $"127.0.0.1:{member.Grpc}", "--silo-port", $"{member.Port}", "--redis", Redis.EndPoint,
            "--keys", FolderOf("keys"), "--journal", FolderOf("journal"),
            "--cluster-certificate", _shared.File("silo.pem"), "--cluster-authority", _shared.File("authority.pem"));
        member.Silo.ExpectedErrors = LogsOfLoss;
        member.Client ??= new SiloClient(member.Silo);
    }

    /// <summary>The SDK with the addresses of all silos, as a person of acme.</summary>
    public CustomerContextClient Sdk()
    {
        var token = Silo(0).Tokens.Sign(DevTokens.Actor("acme"));
        return new CustomerContextClient(new CustomerContextClientOptions
        {
            Addresses = [.. _members.Select(AddressOf)],
            TokenProvider = _ => ValueTask.FromResult(token),

            // As the pages and the command line: a busy machine starts silos meanwhile.
            ReadDeadline = TimeSpan.FromSeconds(5),
        });
    }

    /// <summary>The silo that the SDK asks for this customer while it answers: that whose address and whose customer have the highest hash together.</summary>
    public int OwnOf(string email)
    {
        var key = Subject.Email(email).ToByteArray();
        return Enumerable.Range(0, Count).MaxBy(i => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(AddressOf(_members[i]).AbsoluteUri), .. key])));
    }

    private static Uri AddressOf(Member member) => new($"http://127.0.0.1:{member.Grpc}");

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            member.Client?.Dispose();
            await (member.Silo?.DisposeAsync() ?? ValueTask.CompletedTask);
            member.Data.Dispose();
        }

        await Redis.DisposeAsync();
        _shared.Dispose();
    }

    private string FolderOf(string name) => Path.Combine(_shared.Path, name);

    private sealed class Member(TempFolder data, int grpc, int port)
    {
        public TempFolder Data => data;

        public int Grpc => grpc;

        public int Port => port;

        /// <summary>Absent while it does not run.</summary>
        public SiloProcess Silo { get; set; } = null!;

        public SiloClient Client { get; set; } = null!;
    }
}
