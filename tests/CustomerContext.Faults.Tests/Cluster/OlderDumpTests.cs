using System.Globalization;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Cluster;

/// <summary>A Redis that is brought back from an older copy of itself under running silos, without anybody telling them.</summary>
public sealed class OlderDumpTests : IDisposable
{
    private const string Kept = "kept@example.org";
    private const string Revoked = "revoked@example.org";
    private const int Silos = 2;
    private const int Beats = 4 * Silos;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private readonly TempFolder _copy = new();
    private readonly CancellationTokenSource _tooLong = new(_longest * 3);

    public void Dispose()
    {
        _tooLong.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task Redis_BroughtBackFromAnOlderCopy_NoSiloAnswersAnybodyUntilAllAreStartedAnew()
    {
        await using var cluster = await SiloCluster.Start(Silos);
        var (first, second) = (cluster.Client(0), cluster.Client(1));
        await first.MakeCustomer(Kept, "acme");
        var grant = Assert.Single(await first.MakeCustomer(Revoked, "acme"));
        Assert.Equal((StatusCode.OK, StatusCode.OK), (await Answered(first, Revoked), await Answered(second, Kept)));
        await Copy(cluster.Redis.Folder, _copy.Path);

        // Each silo notices by the number that it saw itself, so the copy is some beats old.
        var copied = await Beat(cluster.Redis);
        await Until(async () => await Beat(cluster.Redis) >= copied + Beats);
        await first.Consents.RevokeGrantAsync(Requests.Revoke(grant), first.AsCustomer(Revoked));
        await cluster.Redis.Kill();
        cluster.Redis.Forget();
        await Copy(_copy.Path, cluster.Redis.Folder);
        await cluster.Redis.StartAgain();

        for (var i = 0; i < Silos; i++)
        {
            var silo = i;
            await Until(async () =>
            {
                Assert.NotEqual(StatusCode.OK, await Look(cluster.Client(silo), Revoked));
                Assert.NotEqual(StatusCode.OK, await Look(cluster.Client(silo), Kept));
                return (await cluster.Silo(silo).Health()).Contains("went back", StringComparison.Ordinal);
            });
        }

        await cluster.Silo(0).Kill();
        await cluster.Silo(1).Kill();
        for (var i = 0; i < Silos; i++)
        {
            await cluster.StartAgain(i);
            Assert.Equal(StatusCode.PermissionDenied, await Answered(cluster.Client(i), Revoked));
            Assert.Equal(StatusCode.OK, await Answered(cluster.Client(i), Kept));
        }
    }

    private static async Task<long> Beat(RedisServer redis) => long.Parse(await redis.Cli("GET", "customercontext/beat"), CultureInfo.InvariantCulture);

    /// <summary>What a look comes to once it is answered.</summary>
    private async Task<StatusCode> Answered(SiloClient client, string email)
    {
        var status = StatusCode.Unavailable;
        await Until(async () => (status = await Look(client, email)) is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded));
        return status;
    }

    private static async Task<StatusCode> Look(SiloClient client, string email)
    {
        try
        {
            await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent());
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    private async Task Until(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            _tooLong.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>As an operator copies the folder of a Redis that flushes every write.</summary>
    private static async Task Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var target = File.Create(copy);
            await source.CopyToAsync(target);
        }
    }
}
