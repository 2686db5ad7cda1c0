using CustomerContext.Domain.Customers;
using CustomerContext.Grains;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Benchmarks.Serving;

/// <summary>What a plain Orleans service would do: a grain that has a customer's state and writes it at every look.</summary>
[Alias("IRivalGrain")]
public interface IRivalGrain : IGrainWithStringKey
{
    /// <summary>Takes over a customer's state.</summary>
    [Alias("Fill")]
    Task Fill(CustomerState state);

    /// <summary>Writes the state once, and is done when the write is durable.</summary>
    [Alias("Look")]
    Task Look();
}

/// <inheritdoc cref="IRivalGrain"/>
internal sealed class RivalGrain([PersistentState("rival", StoreNames.Store)] IPersistentState<CustomerState> slot) : Grain, IRivalGrain
{
    public Task Fill(CustomerState state)
    {
        slot.State = state;
        return slot.WriteStateAsync();
    }

    public Task Look() => slot.WriteStateAsync();
}
