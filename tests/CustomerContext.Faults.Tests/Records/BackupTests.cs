using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>A store brought back from a backup: what was taken back, narrowed, paused or erased since does not come back with it.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Kept = "kept@example.org";
    private const string Revoked = "revoked@example.org";
    private const string Narrowed = "narrowed@example.org";
    private const string Paused = "paused@example.org";
    private const string Withdrawn = "withdrawn@example.org";

    private readonly TempFolder _data = new();
    private readonly TempFolder _backup = new();

    private static string Program => Repository.Built("silo/CustomerContext.Silo", "CustomerContext.Silo.dll");

    [Fact]
    public async Task Restore_AfterWithdrawalsAndAnErasure_NothingRevives()
    {
        var erased = new FullCustomer("erased");
        await using (var silo = await SiloProcess.Start(_data.Path))
        {
            using var client = new SiloClient(silo);
            var grants = new Dictionary<string, string>();
            foreach (var email in new[] { Kept, Revoked, Narrowed, Paused, Withdrawn })
            {
                grants[email] = (await client.MakeCustomer(email, "acme"))[0];
                await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent());
            }

            await erased.Make(client);
            Assert.Contains("Copied to", (await Run("backup", "--to", _backup.Path)).Printed, StringComparison.Ordinal);
            await Withdraw(client, grants, erased.Email);
            await silo.Stop();
        }

        Assert.Contains("Brought back", (await Run("restore", "--from", _backup.Path)).Printed, StringComparison.Ordinal);
        Assert.NotEmpty(erased.Stored.FoundIn([_data.Path]));

        await using var again = await SiloProcess.Start(_data.Path);
        using var later = new SiloClient(again);
        Assert.NotNull((await later.Contexts.GetContextAsync(Requests.Lookup(Kept), later.AsAgent())).Context);
        foreach (var email in new[] { Revoked, Narrowed, Paused, Withdrawn, erased.Email })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => later.Contexts.GetContextAsync(Requests.Lookup(email), later.AsAgent()).ResponseAsync);
            Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        }

        Assert.Empty(erased.Needles.FoundIn([_data.Path], again.Output));
        Assert.NotNull((await later.Consents.ListGrantsAsync(new ListGrantsRequest(), later.AsCustomer(Paused))).PausedSinceTime);
        Assert.Equal($"whole {LogFile.Head((await LogFile.Read(later, Revoked)).ChainHead)}", await LogFile.Verify(_backup, await LogFile.Read(later, Revoked)));
    }

    [Fact]
    public async Task Restore_WithoutTheJournal_RefusedUnlessTold()
    {
        await using (var silo = await SiloProcess.Start(_data.Path))
        {
            using var client = new SiloClient(silo);
            var grant = (await client.MakeCustomer(Revoked, "acme"))[0];
            await client.Consents.RevokeGrantAsync(Requests.Revoke(grant), client.AsCustomer(Revoked));
            await Run("backup", "--to", _backup.Path);
            await silo.Stop();
        }

        File.Delete(_data.File("withdrawals.journal"));

        var refused = await Run("restore", "--from", _backup.Path);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--accept-journal", refused.Printed, StringComparison.Ordinal);
        var start = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.Start(_data.Path));
        Assert.Contains("--accept-journal", start.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("restore", "--from", _backup.Path, "--accept-journal")).ExitCode);
        await using var told = await SiloProcess.Start(_data.Path, "--accept-journal");
    }

    [Fact]
    public async Task Start_AfterWithdrawalsWithoutARestore_NothingIsRepeated()
    {
        await using (var silo = await SiloProcess.Start(_data.Path))
        {
            using var client = new SiloClient(silo);
            await client.MakeCustomer(Paused, "acme");
            await Pause(client);
            await client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = Requests.NewId() }, client.AsCustomer(Paused));
            await silo.Stop();
        }

        await using var again = await SiloProcess.Start(_data.Path);
        using var later = new SiloClient(again);

        Assert.NotNull((await later.Contexts.GetContextAsync(Requests.Lookup(Paused), later.AsAgent())).Context);
        Assert.DoesNotContain("were made again", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_WhileTheStoreIsInUse_RefusedAndUntouched()
    {
        await using var silo = await SiloProcess.Start(_data.Path);
        await Run("backup", "--to", _backup.Path);

        var refused = await Run("restore", "--from", _backup.Path);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("in use", refused.Printed, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _data.Dispose();
        _backup.Dispose();
    }

    private static async Task Withdraw(SiloClient client, Dictionary<string, string> grants, string erased)
    {
        await client.Consents.RevokeGrantAsync(Requests.Revoke(grants[Revoked]), client.AsCustomer(Revoked));
        var narrower = Requests.Grant().Terms;
        narrower.Facets.Clear();
        narrower.Facets.Add(Facet.Sentiment);
        await client.Consents.UpdateGrantAsync(
            new UpdateGrantRequest { RequestId = Requests.NewId(), GrantId = grants[Narrowed], Terms = narrower }, client.AsCustomer(Narrowed));
        await Pause(client);
        await client.Consents.SetPreferencesAsync(
            new SetPreferencesRequest { RequestId = Requests.NewId(), Preferences = new Preferences(), UpdateMask = Requests.AllPreferences }, client.AsCustomer(Withdrawn));
        await client.Consents.EraseCustomerAsync(
            new EraseCustomerRequest { RequestId = Requests.NewId() }, client.AsCustomer(erased, TimeSpan.FromSeconds(60)));
    }

    private static async Task Pause(SiloClient client) =>
        await client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, client.AsCustomer(Paused));

    private async Task<(int ExitCode, string Printed)> Run(params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [Program, arguments[0], "--data", _data.Path, .. arguments[1..]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, printed + await errors);
    }
}
