using CustomerContext.Domain;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Messages;

/// <summary>
/// In development mode every message is kept here as well, in memory, so that whoever tries things out can read it at <c>/outbox</c> of the HTTP door. Outside development mode there is
/// neither.
/// </summary>
internal sealed class DevelopmentOutbox(SiloConfig config)
{
    private readonly Lock _lock = new();
    private readonly Queue<JoinMessage> _messages = new();

    /// <summary>True in development mode.</summary>
    public bool IsOpen => config.Development;

    /// <summary>Keeps a message, once; the oldest leaves beyond <see cref="Limits.Joins.Outbox"/>.</summary>
    public void Add(JoinMessage message)
    {
        lock (_lock)
        {
            if (_messages.Any(known => known.Id == message.Id))
            {
                return;
            }

            _messages.Enqueue(message);
            if (_messages.Count > Limits.Joins.Outbox)
            {
                _messages.Dequeue();
            }
        }
    }

    /// <summary>The messages, newest first.</summary>
    public IReadOnlyList<JoinMessage> Newest()
    {
        lock (_lock)
        {
            return [.. _messages.Reverse()];
        }
    }
}
