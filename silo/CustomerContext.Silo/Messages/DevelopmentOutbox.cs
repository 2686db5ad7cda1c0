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
    private readonly Queue<OutboxMessage> _messages = new();

    /// <summary>True in development mode.</summary>
    public bool IsOpen => config.Development;

    /// <summary>Keeps a message, once; the oldest leaves beyond <see cref="Limits.Joins.Outbox"/>.</summary>
    public void Add(OutboxMessage message)
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
    public IReadOnlyList<OutboxMessage> Newest()
    {
        lock (_lock)
        {
            return [.. _messages.Reverse()];
        }
    }
}

/// <summary>A message in the outbox.</summary>
/// <param name="Id">Names it: the same for a repeat.</param>
/// <param name="Tenant">For whom it is sent; absent: for the customer alone.</param>
/// <param name="To">The address.</param>
/// <param name="Language">en, de or fr.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The whole text.</param>
/// <param name="Link">Where it leads; absent: there are no pages.</param>
/// <param name="StopLink">Where such messages are ended.</param>
/// <param name="Expires">When the link lapses; absent: it does not.</param>
internal sealed record OutboxMessage(string Id, string? Tenant, string To, string Language, string Subject, string Text, string? Link, string? StopLink, DateTimeOffset? Expires);
