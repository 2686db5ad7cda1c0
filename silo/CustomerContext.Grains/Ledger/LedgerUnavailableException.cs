namespace CustomerContext.Grains.Ledger;

/// <summary>The ledger's store gave no answer in time, or one that leaves the outcome unknown. Try again after reading.</summary>
/// <remarks>The text says what is wrong with the store and never names a customer.</remarks>
public sealed class LedgerUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
