using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;

namespace CustomerContext.Grains.Joins;

/// <summary>Brings a request for consent to the address and the device that the tenant named.</summary>
public interface IJoinMessenger
{
    /// <summary>Asks on the device, if there is one, and sends the message, if there is an address and it may get one. May be called again until it succeeds.</summary>
    /// <param name="key">Of the request.</param>
    /// <param name="join">The request.</param>
    /// <param name="waiting">What waits on the customer's page because of this call; absent if nothing does.</param>
    /// <exception cref="MessageNotSentException">Perhaps the next try succeeds.</exception>
    Task Deliver(string key, Join join, WaitingRequest? waiting);
}

/// <summary>A message could not be handed over; the next try may succeed. Its text names nobody.</summary>
public sealed class MessageNotSentException(string message, Exception? inner = null) : Exception(message, inner);
