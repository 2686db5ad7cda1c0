using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Records;

/// <summary><c>kill -9</c> in the middle of an erasure, at another point each time: it is finished when the silo is up again. CC_ERASURE_KILLS times.</summary>
public sealed class ErasureKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Looks = 40;
    private const int MostCalls = 24;

    private static readonly int _kills = Trials.Count("CC_ERASURE_KILLS", 4);

    private readonly TempFolder _data = new();

    [Fact]
    public Task Kill_DuringErasureOnSqlite_FinishedAfterRestart() => KillAndSearch([_data.Path]);

    [Fact]
    public async Task Kill_DuringErasureOnRedis_FinishedAfterRestart()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await KillAndSearch([_data.Path, redis.Folder], "--redis", redis.EndPoint);
    }

    public void Dispose() => _data.Dispose();

    private async Task KillAndSearch(string[] folders, params string[] arguments)
    {
        var random = new Random(Trials.Seed);
        var cutOff = 0;
        var silo = await SiloProcess.Start(_data.Path, arguments);
        try
        {
            for (var kill = 0; kill < _kills; kill++)
            {
                var customer = new FullCustomer($"cut{kill}");
                using (var client = new SiloClient(silo))
                {
                    await customer.Make(client, Looks);
                    await EraseAndKill(client, silo, customer.Email, random.Next(MostCalls));
                }

                await silo.DisposeAsync();
                var isBegun = IsCutOff();
                cutOff += isBegun ? 1 : 0;
                silo = await SiloProcess.Start(_data.Path, arguments);
                using var again = new SiloClient(silo);
                if (!isBegun)
                {
                    await again.Consents.EraseCustomerAsync(
                        new EraseCustomerRequest { RequestId = Requests.NewId() }, again.AsCustomer(customer.Email, TimeSpan.FromSeconds(60)));
                }

                Assert.Empty(customer.Needles.FoundIn(folders, silo.Output));
                Assert.False(IsCutOff());
            }

            output.WriteLine($"{_kills} kills, {cutOff} of them in the middle of an erasure");
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    /// <summary>The erasure is under way for as long as some calls of somebody else take.</summary>
    private static async Task EraseAndKill(SiloClient client, SiloProcess silo, string email, int calls)
    {
        var erasing = client.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = Requests.NewId() }, client.AsCustomer(email)).ResponseAsync;
        for (var call = 0; call < calls; call++)
        {
            await client.Consents.ListGrantsAsync(new ListGrantsRequest(), client.AsCustomer("somebody@example.org"));
        }

        await silo.Kill();
        try
        {
            await erasing;
        }
        catch (RpcException)
        {
            // Cut off.
        }
    }

    /// <summary>True if the journal says that an erasure was begun and not that it is finished.</summary>
    private bool IsCutOff()
    {
        var open = new HashSet<string>();
        foreach (var parts in File.ReadLines(_data.File("withdrawals.journal")).Select(line => line.Split(' ')))
        {
            if (parts is [_, _, var customer, _, "Erased", _])
            {
                open.Add(customer);
            }
            else if (parts is [_, _, var finished, _, "Finished", _])
            {
                open.Remove(finished);
            }
        }

        return open.Count > 0;
    }
}
