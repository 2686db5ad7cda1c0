using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>A silo with a file of tenants of its own, which a test may change while it runs.</summary>
internal sealed class ServedSilo : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _data = new();

    public SiloProcess Silo { get; private set; } = null!;

    public SiloClient Client { get; private set; } = null!;

    private string TenantsFile => _folder.File("tenants.json");

    public static async Task<ServedSilo> Start(string settings)
    {
        var served = new ServedSilo();
        served.Serve(settings);
        served.Silo = await SiloProcess.Start(served._data.Path, "--tenants", served.TenantsFile);
        served.Client = new SiloClient(served.Silo);
        return served;
    }

    /// <summary>Replaces the file by one with these settings of the section CustomerContext.</summary>
    public void Serve(string settings)
    {
        File.WriteAllText(TenantsFile + ".new", $$"""{ "CustomerContext": { {{settings}} } }""");
        File.Move(TenantsFile + ".new", TenantsFile, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Silo.DisposeAsync();
        _folder.Dispose();
        _data.Dispose();
    }
}
