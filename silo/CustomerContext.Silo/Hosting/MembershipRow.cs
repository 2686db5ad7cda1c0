using CustomerContext.Domain;
using CustomerContext.Storage;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// Stops a silo whose row in the table of silos has been missing for <see cref="Limits.Cluster.RowMissing"/>. Orleans would go on without it; if the table was emptied, silos that start now
/// found a second cluster beside this one. A Redis that does not answer says nothing.
/// </summary>
internal sealed partial class MembershipRow(IMembershipTable table, ILocalSiloDetails silo, StoreProbe probe, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<MembershipRow> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? missingSince = null;
        using var timer = new PeriodicTimer(Limits.Cluster.RowSoughtEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            missingSince = await IsMissing(stoppingToken) switch
            {
                true => missingSince ?? time.GetTimestamp(),
                false => null,
                null => missingSince,
            };
            if (missingSince is { } since && time.GetElapsedTime(since) >= Limits.Cluster.RowMissing)
            {
                Missing(log, Limits.Cluster.RowMissing.TotalSeconds);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
                _ = EndAfterDoors();
                return;
            }
        }
    }

    /// <summary>
    /// Ends the process once its doors had time to close. Orleans tries for minutes to say goodbye in a table that is not there; this silo would answer other silos meanwhile. Whatever was acknowledged is
    /// durable, so nothing is lost.
    /// </summary>
    private async Task EndAfterDoors()
    {
        await Task.Delay(Limits.Cluster.DoorsClose, time);
        Ends(log, Limits.Cluster.DoorsClose.TotalSeconds);
        Environment.Exit(1);
    }

    /// <summary>Whether the table lacks this silo; absent if it cannot be read.</summary>
    private async Task<bool?> IsMissing(CancellationToken stop)
    {
        try
        {
            return (await table.ReadRowAsync(silo.SiloAddress, stop)).Members.Count == 0;
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            // Orleans' provider throws for a Redis that does not answer and for a table that was deleted. If the store answers, it is the table.
            return await probe.Trouble() is null ? true : null;
        }
    }

    [LoggerMessage(232, LogLevel.Critical, "Orleans has not stopped within {Seconds} s; the process ends")]
    private static partial void Ends(ILogger logger, double seconds);

    [LoggerMessage(230, LogLevel.Critical, "The table of silos has not had this silo for {Seconds} s, so silos that start now would found another cluster. This one stops; start it again")]
    private static partial void Missing(ILogger logger, double seconds);
}
