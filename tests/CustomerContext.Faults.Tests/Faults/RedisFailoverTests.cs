using System.Globalization;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>Sentinels make another Redis the primary, which lacks what was acknowledged last: nothing is answered until a start has compared it with the journal.</summary>
public sealed class RedisFailoverTests : IDisposable
{
    private const string Service = "context";
    private const string Revoked = "revoked@example.org";
    private const string Kept = "kept@example.org";
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    // Orleans logs what its storage could not do, also in the storage's name; the health checks log that they fail.
    private static readonly string[] _logged = ["Orleans", "CustomerContext.Storage", "Microsoft.Extensions.Diagnostics.HealthChecks"];

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Failover_ARevokeIsLost_NobodyIsAnsweredUntilItIsTakenBackAgain()
    {
        await using var primary = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await using var replica = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always", "--replicaof", $"127.0.0.1 {primary.Port}");
        await using var sentinel = await RedisServer.StartSentinel(
            $"monitor {Service} 127.0.0.1 {primary.Port} 1", $"down-after-milliseconds {Service} 1500", $"failover-timeout {Service} 10000");
        await using (var silo = await Start(sentinel))
        {
            using var client = new SiloClient(silo);
            await client.MakeCustomer(Kept, "acme");
            var grant = Assert.Single(await client.MakeCustomer(Revoked, "acme"));
            await Looks(client, Revoked);
            await Until(async () => await replica.Cli("DBSIZE") == await primary.Cli("DBSIZE"), "The replica has all.");

            await replica.Halt();
            await client.Consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = "revoke", GrantId = grant }, client.AsCustomer(Revoked));
        }

        // A silo that has nobody in memory yet, and a primary that hangs with all connections open.
        await using (var silo = await Start(sentinel))
        {
            silo.ExpectedErrors = _logged;
            using var client = new SiloClient(silo);
            await Looks(client, Kept);
            await primary.Halt();
            await replica.Continue();
            await Until(async () => (await silo.Health()).Contains("Another Redis is the primary", StringComparison.Ordinal), "The silo sees the new primary.", async () =>
            {
                Assert.Equal(StatusCode.Unavailable, (await Refused(client, Revoked)).StatusCode);
                Assert.Equal(StatusCode.Unavailable, (await Refused(client, Kept)).StatusCode);
            });

            await primary.Continue();
            Assert.Equal(StatusCode.Unavailable, (await Refused(client, Revoked)).StatusCode);
            Assert.Equal(StatusCode.Unavailable, (await Refused(client, Kept)).StatusCode);
        }

        await using var anew = await Start(sentinel);
        using var again = new SiloClient(anew);
        Assert.Equal(StatusCode.PermissionDenied, (await Refused(again, Revoked)).StatusCode);
        await Looks(again, Kept);
    }

    private Task<SiloProcess> Start(RedisServer sentinel) => SiloProcess.Start(_data.Path, "--redis", sentinel.EndPoint, "--redis-service", Service);

    private static async Task Looks(SiloClient client, string email) =>
        Assert.NotEmpty((await Patience.Try(() => client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent()).ResponseAsync)).DisclosureId);

    private static Task<RpcException> Refused(SiloClient client, string email) =>
        Assert.ThrowsAsync<RpcException>(() => client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent()).ResponseAsync);

    private static async Task Until(Func<Task<bool>> isSo, string what, Func<Task>? meanwhile = null)
    {
        using var tooLong = new CancellationTokenSource(_longest);
        while (!await isSo())
        {
            Assert.False(tooLong.IsCancellationRequested, string.Create(CultureInfo.InvariantCulture, $"Not within {_longest}: {what}"));
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
        }
    }
}
