using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Looks every quantum for activations that nobody uses.</summary>
internal sealed class IdleCollector(Silo silo, [FromKeyedServices(TimeProviderNames.ActivationManagement)] TimeProvider time) : IDisposable
{
    private ITimer? _timer;

    public void Start()
    {
        var quantum = silo.Collection.CollectionQuantum;
        _timer = time.CreateTimer(_ => Collect(), null, quantum, quantum);
    }

    public void Dispose() => _timer?.Dispose();

    private void Collect()
    {
        foreach (var activation in silo.Catalog.Activations)
        {
            activation.DeactivateIfIdle();
        }
    }
}
