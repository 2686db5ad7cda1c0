using CustomerContext.Domain;
using CustomerContext.Storage;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// Looks at the store every <see cref="Limits.Storage.WatchedEvery"/>, whether or not somebody asks <c>/healthz</c>: one that went back, or a clock that was set, must be noticed before the next caller is
/// answered from memory. The store itself refuses to answer from then on.
/// </summary>
internal sealed partial class StoreWatch(StoreProbe probe, TimeProvider time, ILogger<StoreWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? before = null;
        using var timer = new PeriodicTimer(Limits.Storage.WatchedEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var trouble = await probe.Trouble();
            if (trouble is not null && trouble != before)
            {
                Troubled(log, trouble);
            }

            before = trouble;
        }
    }

    [LoggerMessage(231, LogLevel.Warning, "The store cannot be used: {Trouble}")]
    private static partial void Troubled(ILogger logger, string trouble);
}
