using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>Erasure as an auditor checks it: every file of the store and every line of the log is searched for what was known of the customer.</summary>
public sealed class ErasureFromOutsideTests : IDisposable
{
    private const int Neighbours = 8;

    private readonly TempFolder _data = new();

    [Fact]
    public Task Erase_OnSqlite_NothingIsFoundInFileLogOrJournal() => EraseAndSearch([_data.Path]);

    [Fact]
    public async Task Erase_OnRedis_NothingIsFoundInDumpOrAppendOnlyFile()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always", "--save", "3600 1", "--rdbcompression", "no");
        await EraseAndSearch([_data.Path, redis.Folder], "--redis", redis.EndPoint);
        Assert.True(File.Exists(Path.Combine(redis.Folder, "dump.rdb")));
    }

    public void Dispose() => _data.Dispose();

    private async Task EraseAndSearch(string[] folders, params string[] arguments)
    {
        await using var silo = await SiloProcess.Start(_data.Path, arguments);
        using var client = new SiloClient(silo);
        var customer = new FullCustomer("erased");
        var neighbours = Enumerable.Range(0, Neighbours).Select(number => new FullCustomer($"neighbour{number}")).ToArray();
        await Task.WhenAll(neighbours.Append(customer).Select(one => one.Make(client)));
        Assert.Equal(4, customer.Stored.FoundIn(folders).Select(found => found.Split(" in ")[0]).Distinct().Count());

        var erased = await client.Consents.EraseCustomerAsync(
            new EraseCustomerRequest { RequestId = Requests.NewId() }, client.AsCustomer(customer.Email, TimeSpan.FromSeconds(60)));

        Assert.Empty(customer.Needles.FoundIn(folders, silo.Output));
        Assert.NotEmpty(neighbours[0].Stored.FoundIn(folders));
        await ChecksReceipt(silo, erased);
        await IsRefusedLikeNobody(client, customer.Email);
        await BecomesSomebodyNew(client, customer.Email);
    }

    private static async Task ChecksReceipt(SiloProcess silo, EraseCustomerResponse erased)
    {
        var (exitCode, printed) = await Node.Run(
            "tests/clients/records/verify-receipt.mjs", new Uri(silo.Http, "/.well-known/jwks.json").ToString(), "erasure-receipt", erased.Receipt);
        Assert.True(exitCode == 0, printed);
        Assert.Contains(Convert.ToHexStringLower(erased.ChainHead.Hash.Span), printed, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", printed, StringComparison.Ordinal);
    }

    private static async Task IsRefusedLikeNobody(SiloClient client, string email)
    {
        var erased = await Assert.ThrowsAsync<RpcException>(() => client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent()).ResponseAsync);
        var nobody = await Assert.ThrowsAsync<RpcException>(() => client.Contexts.GetContextAsync(Requests.Lookup("nobody@example.org"), client.AsAgent()).ResponseAsync);
        Assert.Equal(nobody.Status.Detail, erased.Status.Detail);
        Assert.Equal(StatusCode.PermissionDenied, erased.StatusCode);
    }

    private static async Task BecomesSomebodyNew(SiloClient client, string email)
    {
        Assert.Empty((await LogFile.Read(client, email)).Disclosures);
        await client.MakeCustomer(email, "acme");
        var answer = await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent());
        Assert.Empty(answer.Context.Conversations?.Latest ?? []);
        Assert.Equal(3, (await LogFile.Read(client, email)).Disclosures.Count);
    }
}
