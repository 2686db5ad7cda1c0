using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The activations in memory: at most one per grain.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private volatile bool _open;

    public IEnumerable<Activation> Activations => _activations.Select(entry => entry.Value);

    public void Open() => _open = true;

    /// <summary>No new activations from now on.</summary>
    public void Close() => _open = false;

    /// <summary>Hands a turn to the grain's activation, made if need be.</summary>
    public Activation? Deliver(GrainId id, Turn turn)
    {
        while (true)
        {
            if (!_activations.TryGetValue(id, out var activation))
            {
                if (!_open)
                {
                    turn.Reject(new SiloUnavailableException("The silo is not running."));
                    return null;
                }

                activation = _activations.GetOrAdd(id, static (id, silo) => new Activation(silo, silo.Classes.Of(id.Type), id), silo);
            }

            if (activation.Receive(turn))
            {
                return activation;
            }
        }
    }

    /// <summary>Hands on what an activation that has ended had not started.</summary>
    public void Forward(GrainId id, Turn turn)
    {
        if (turn is Call call && call.MayForward())
        {
            Deliver(id, call);
        }
        else
        {
            turn.Reject(new OrleansMessageRejectionException($"Forwarding failed: the activation of {id.Type} ended before it could run the call."));
        }
    }

    public void Remove(Activation activation) => _activations.TryRemove(new(activation.GrainId, activation));
}
