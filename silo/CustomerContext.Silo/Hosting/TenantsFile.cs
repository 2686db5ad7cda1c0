using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// The file that says who is served. It is looked at four times a second, which notices every way of replacing a file; what it says counts as soon as two looks see the
/// same, so that a half-written one is not taken. One that is wrong is told and changes nothing.
/// </summary>
internal sealed partial class TenantsFile(TenantsSource source, CurrentAccess access, TimeProvider time, ILogger<TenantsFile> log) : IHostedService, IHealthCheck, IDisposable
{
    private const int VersionDigits = 12;

    private readonly Lock _looking = new();
    private string? _seen;
    private string? _taken;
    private volatile string _version = "";
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _seen = _taken = source.Text();
        _version = VersionOf(_taken);
        _timer = time.CreateTimer(_ => Look(), null, Limits.Access.TenantsFileEvery, Limits.Access.TenantsFileEvery);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The version of the file that counts here: the beginning of its SHA-256, as sha256sum prints it. So an operator sees which silo of a cluster lags.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(_version));

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        if (!_looking.TryEnter())
        {
            return;
        }

        try
        {
            var text = source.Text();
            if (text is not null && text == _seen && text != _taken)
            {
                _taken = text;
                Take();
            }

            _seen = text;
        }
        finally
        {
            _looking.Exit();
        }
    }

    private void Take()
    {
        try
        {
            access.Replace(source.Read().Access);
            _version = VersionOf(_taken);
            Taken(log, access.Now.Tenants.Count, access.Now.Issuers.Count);
        }
        catch (Exception error) when (error is SiloConfigException or InvalidDataException or FormatException or IOException)
        {
            Refused(log, error.GetBaseException().Message);
        }
    }

    private static string VersionOf(string? text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? "")))[..VersionDigits];

    [LoggerMessage(210, LogLevel.Information, "The file of tenants has changed: {Tenants} tenants, {Issuers} issuers")]
    private static partial void Taken(ILogger logger, int tenants, int issuers);

    [LoggerMessage(211, LogLevel.Error, "The file of tenants has changed and cannot be used; what held before goes on. {Fault}")]
    private static partial void Refused(ILogger logger, string fault);
}
