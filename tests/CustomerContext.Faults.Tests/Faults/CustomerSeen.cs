using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>What the server shows of one customer afterwards.</summary>
/// <param name="Turns">Turns counted in each conversation.</param>
/// <param name="Messages">Messages behind the sentiment.</param>
/// <param name="Log">Ids of all records in the customer's log.</param>
/// <param name="ChainFaults">What is wrong with the chain.</param>
/// <param name="Grants">Where each grant stands.</param>
/// <param name="OpenTo">Grants under which the tenant still gets an answer.</param>
internal sealed record CustomerSeen(
    IReadOnlyDictionary<string, int> Turns,
    int Messages,
    IReadOnlySet<string> Log,
    IReadOnlyList<string> ChainFaults,
    IReadOnlyDictionary<string, GrantState> Grants,
    IReadOnlySet<string> OpenTo);
