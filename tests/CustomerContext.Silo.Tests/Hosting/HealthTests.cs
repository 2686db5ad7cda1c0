using CustomerContext.Silo.Hosting;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>Which health checks run when nobody asks.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    /// <summary>A silo that starts on a busy machine called its own door and logged an error when that was slow; a write of the store can be as slow.</summary>
    [Fact]
    public async Task Checks_WhenNobodyAsks_LeaveDoorAndStoreAlone()
    {
        await using var app = SiloHost.Build(["--data", _data.Path, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", FreePort.NextText(), "--development"], _ => { });
        var checks = app.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;
        var runs = app.Services.GetRequiredService<IOptions<HealthCheckPublisherOptions>>().Value.Predicate ?? (_ => true);

        Assert.Equal(["grpc", "silos", "store", "store as last seen", "tenants"], checks.Select(check => check.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["store as last seen"], checks.Where(runs).Select(check => check.Name));
    }
}
