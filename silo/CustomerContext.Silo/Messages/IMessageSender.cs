using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Messages;

/// <summary>One way to send messages.</summary>
internal interface IMessageSender
{
    /// <summary>True if <paramref name="ways"/> of a tenant lead to it, for such an address.</summary>
    bool Takes(MessageWays ways, AddressKind kind);

    /// <summary>Hands the message over.</summary>
    /// <returns>True if it was taken; false if it was refused for good.</returns>
    /// <exception cref="Grains.Joins.MessageNotSentException">Perhaps the next try succeeds.</exception>
    Task<bool> Send(MessageWays ways, JoinMessage message, CancellationToken cancellation);
}
