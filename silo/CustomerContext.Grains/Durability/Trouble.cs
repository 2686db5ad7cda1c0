using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Joins;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Durability;

/// <summary>Which failures of a message to another grain mean no more than: send it again.</summary>
internal static class Trouble
{
    /// <summary>True if the store or the other grain may answer next time.</summary>
    public static bool MayPass(Exception error) =>
        error is StateUnavailableException or MessageNotSentException or NewsNotSentException or LedgerUnavailableException or TimeoutException or OperationCanceledException or Orleans.Runtime.OrleansException;
}
