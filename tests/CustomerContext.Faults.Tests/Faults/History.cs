using System.Collections.Concurrent;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>What clients sent, and what they were answered before everything broke. Safe for use from many threads.</summary>
internal sealed class History
{
    private readonly ConcurrentDictionary<string, CustomerHistory> _customers = new();

    public IEnumerable<KeyValuePair<string, CustomerHistory>> Customers => _customers;

    public CustomerHistory Of(string customer) => _customers.GetOrAdd(customer, _ => new CustomerHistory());
}

/// <summary>The same of one customer.</summary>
internal sealed class CustomerHistory
{
    /// <summary>Signals sent at least once; each is of one conversation.</summary>
    public ConcurrentDictionary<SentTurn, bool> Sent { get; } = new();

    /// <summary>Signals whose acknowledgement came.</summary>
    public ConcurrentDictionary<SentTurn, bool> Acknowledged { get; } = new();

    /// <summary>Disclosure ids of the answers and frames that came.</summary>
    public ConcurrentDictionary<string, bool> Answers { get; } = new();

    /// <summary>Consent operations and lookups that came back.</summary>
    public ConcurrentQueue<Operation> Operations { get; } = new();

    /// <summary>Grants whose revoke returned.</summary>
    public ConcurrentDictionary<string, bool> Revoked { get; } = new();
}

/// <summary>One signal: turn number <paramref name="Number"/> of a conversation.</summary>
internal readonly record struct SentTurn(string Conversation, int Number);
