namespace CustomerContext.Storage;

/// <summary>A store gave no answer in time, or one that leaves the outcome unknown.</summary>
internal sealed class StoreUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
