namespace CustomerContext.Grains.Ledger;

/// <summary>Makes the store's files forget what was deleted from it.</summary>
public interface IStoreScrub
{
    /// <summary>When it returns, nothing that had been deleted when it was called is left in the store's files. Calls share the work.</summary>
    /// <exception cref="LedgerUnavailableException">It could not be made sure of; try again.</exception>
    Task ScrubAsync();
}
