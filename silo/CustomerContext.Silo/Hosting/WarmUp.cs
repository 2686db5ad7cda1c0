using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using Orleans;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// Looks at people whom nobody knows, before the doors open: a fresh process is many times slower, and whoever is placed at it would wait for that, whichever silo they ask. Each look is refused, so it names
/// nobody, is on no record and writes nothing. Only in a cluster, where others serve meanwhile.
/// </summary>
internal sealed partial class WarmUp(IGrainFactory grains, IdentifierHash hash, TimeProvider time, ILogger<WarmUp> log) : IHostedService
{
    private static readonly LookRequest _look = new(new ReadRequest(new TenantId("nobody"), ActorRole.Service, new Purpose("warm-up"), FacetSet.All, null), Actor: "warm-up");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var tooLong = new CancellationTokenSource(Limits.Cluster.WarmUpLongest, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Limits.Cluster.WarmUpAtOnce, CancellationToken = stop.Token };
            await Parallel.ForEachAsync(Enumerable.Range(0, Limits.Cluster.WarmUpLooks), options, async (number, _) => await Look(number).WaitAsync(stop.Token));
            Done(log, Limits.Cluster.WarmUpLooks, time.GetElapsedTime(begun).TotalSeconds);
        }
        catch (Exception error) when (error is OperationCanceledException || Faults.IsTrouble(error))
        {
            BrokenOff(log, time.GetElapsedTime(begun).TotalSeconds, error.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Look(int number)
    {
        var nobody = hash.Nobody($"warm-up {number}").Value;
        await grains.Get<IIdentityGrain>(nobody).Get();
        await grains.Get<ICustomerGrain>(nobody).Look(_look);
    }

    [LoggerMessage(240, LogLevel.Information, "{Looks} looks at nobody took {Seconds:F1} s; now the doors open")]
    private static partial void Done(ILogger logger, int looks, double seconds);

    [LoggerMessage(241, LogLevel.Warning, "Looks at nobody were broken off after {Seconds:F1} s by {Fault}; the doors open, and the first looks may be slow")]
    private static partial void BrokenOff(ILogger logger, double seconds, string fault);
}
