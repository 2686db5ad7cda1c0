using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Storage.Journal;
using Orleans;

namespace CustomerContext.Silo.Records;

/// <summary>
/// Before the doors open: erasures that a crash, or a backup brought back, left half-way are finished. One that cannot be finished now is tried again by the
/// housekeeping, and holds nobody up.
/// </summary>
internal sealed partial class ErasuresAtStart(IGrainFactory grains, JournalReplay replay, ILogger<ErasuresAtStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (replay.Repeated > 0)
        {
            LogRepeated(log, replay.Repeated);
        }

        await grains.GetGrain<IHousekeepingGrain>(IHousekeepingGrain.Key).Start();
        foreach (var customer in replay.Erasures)
        {
            try
            {
                await grains.GetGrain<ICustomerGrain>(customer.Value).Erase([]);
                LogFinished(log);
            }
            catch (Exception error) when (Api.Errors.Faults.IsTrouble(error))
            {
                LogWaiting(log, error.GetType().Name);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(600, LogLevel.Warning, "The store did not know {Count} withdrawals that were noted in the journal; they were made again")]
    private static partial void LogRepeated(ILogger logger, int count);

    [LoggerMessage(601, LogLevel.Information, "An erasure that had been cut off is finished")]
    private static partial void LogFinished(ILogger logger);

    [LoggerMessage(602, LogLevel.Warning, "An erasure that had been cut off waits for the next minute, after {Fault}")]
    private static partial void LogWaiting(ILogger logger, string fault);
}
