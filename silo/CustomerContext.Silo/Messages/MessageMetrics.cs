using System.Diagnostics.Metrics;
using CustomerContext.Grains;

namespace CustomerContext.Silo.Messages;

/// <summary>What becomes of messages. No tenant is named: that an address wants no more messages is nobody's business.</summary>
internal sealed class MessageMetrics(IMeterFactory factory)
{
    private readonly Counter<long> _messages = factory.Create(Telemetry.Name).CreateCounter<long>(
        "customercontext.messages", description: "Messages with a join link, by what became of them.");

    /// <summary>One message is done with.</summary>
    public void Ended(MessageEnd end) => _messages.Add(1, new KeyValuePair<string, object?>("outcome", end.ToString().ToLowerInvariant()));
}

/// <summary>What became of a message.</summary>
internal enum MessageEnd
{
    /// <summary>Handed over.</summary>
    Sent = 1,

    /// <summary>The address has had its month's messages, or wants none.</summary>
    Unwanted,

    /// <summary>The actor or the tenant has caused too many.</summary>
    Capped,

    /// <summary>The company's program or mail server refused it for good.</summary>
    Refused,

    /// <summary>The company has no way to send to such an address.</summary>
    NoWay,
}
