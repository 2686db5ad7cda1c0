using Orleans;

namespace CustomerContext.Grains.Ledger;

/// <summary>The ledger's store gave no answer in time, or one that leaves the outcome unknown. Try again after reading.</summary>
/// <remarks>The text says what is wrong with the store and never names a customer.</remarks>
[GenerateSerializer, Alias("LedgerUnavailableException")]
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>Made by the serializer.</summary>
    public LedgerUnavailableException()
    {
    }

    /// <summary>Says what is wrong with the store.</summary>
    public LedgerUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
