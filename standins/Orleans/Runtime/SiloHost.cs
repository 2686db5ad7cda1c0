using Microsoft.Extensions.Hosting;

namespace Orleans.Runtime;

/// <summary>A part that starts before the first grain and stops after the last.</summary>
internal interface ISiloPart
{
    Task StartAsync(CancellationToken cancellationToken);

    Task StopAsync(CancellationToken cancellationToken);
}

/// <summary>Starts and stops the silo with its host. Stopping ends every activation in an orderly way, as far as the host's time allows.</summary>
internal sealed class SiloHost(Silo silo, IdleCollector collector, IEnumerable<ISiloPart> parts) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (silo.Collection.CollectionAge <= silo.Collection.CollectionQuantum)
        {
            throw new OrleansConfigurationException("CollectionAge must be greater than CollectionQuantum.");
        }

        silo.Deadlines.Start();
        silo.Catalog.Open();
        foreach (var part in parts)
        {
            await part.StartAsync(cancellationToken);
        }

        collector.Start();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        collector.Dispose();
        foreach (var part in parts.Reverse())
        {
            await part.StopAsync(cancellationToken);
        }

        silo.Catalog.Close();
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "This process is terminating.");
        var ended = silo.Catalog.Activations.Select(activation =>
        {
            activation.Deactivate(reason, cancellationToken);
            return activation.Deactivated;
        });
        await Task.WhenAll([.. ended]).WaitAsync(cancellationToken);
    }
}
