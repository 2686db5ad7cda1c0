using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage;

/// <summary>What the ports of the ledger throw.</summary>
internal static class LedgerCall
{
    /// <summary>The answer of <paramref name="call"/>.</summary>
    /// <exception cref="LedgerUnavailableException">Unknown outcome.</exception>
    public static async Task<T> Guard<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (StoreUnavailableException error)
        {
            throw new LedgerUnavailableException(error.Message, error);
        }
    }
}
