namespace CustomerContext.Grains.Durability;

/// <summary>The store's own time. A signal that is kept waits for the store; one that is not must wait as long, or its time would tell who collects.</summary>
public interface IStorePace
{
    /// <summary>Takes as long as a write of a customer's state, whatever the store has to do at that moment, and keeps nothing of anybody.</summary>
    /// <exception cref="StateUnavailableException">The store did not answer in time.</exception>
    Task WriteNothing();
}
