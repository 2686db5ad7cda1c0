namespace CustomerContext.Storage;

/// <summary>A store that must not be used as it is: the text tells the operator what is wrong, and what to do about it.</summary>
public sealed class StorageStartException(string message, Exception? innerException = null) : Exception(message, innerException);
