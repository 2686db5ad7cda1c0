namespace CustomerContext.Storage.Payloads;

/// <summary>Stored bytes that cannot be what they should be: damaged, or written by a newer version. Never answered with an empty value.</summary>
internal sealed class PayloadException(string message, Exception? innerException = null) : Exception(message, innerException);
