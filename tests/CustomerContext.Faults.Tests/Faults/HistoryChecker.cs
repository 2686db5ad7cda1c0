using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>Compares what was promised to clients with what is there afterwards.</summary>
internal static class HistoryChecker
{
    /// <summary>Every broken promise, in words.</summary>
    /// <param name="history">What clients sent and were answered.</param>
    /// <param name="seen">What the server shows.</param>
    /// <param name="isAllAcknowledged">True once everything that was sent has been sent again until acknowledged.</param>
    public static IEnumerable<string> Violations(CustomerHistory history, CustomerSeen seen, bool isAllAcknowledged)
    {
        foreach (var conversation in history.Sent.Keys.GroupBy(turn => turn.Conversation))
        {
            var most = conversation.Count();
            var least = isAllAcknowledged ? most : history.Acknowledged.Keys.Count(turn => turn.Conversation == conversation.Key);
            var counted = seen.Turns.GetValueOrDefault(conversation.Key);
            if (counted < least || counted > most)
            {
                yield return $"conversation {conversation.Key} counts {counted} signals, not {least} to {most}";
            }
        }

        var sent = history.Sent.Count;
        var acknowledged = isAllAcknowledged ? sent : history.Acknowledged.Count;
        if (seen.Messages < acknowledged || seen.Messages > sent)
        {
            yield return $"the sentiment counts {seen.Messages} messages, not {acknowledged} to {sent}";
        }

        foreach (var answer in history.Answers.Keys.Where(answer => !seen.Log.Contains(answer)))
        {
            yield return $"answer {answer} has no record";
        }

        foreach (var grant in history.Revoked.Keys)
        {
            if (seen.Grants.GetValueOrDefault(grant) != GrantState.Revoked)
            {
                yield return $"grant {grant} was revoked and is {seen.Grants.GetValueOrDefault(grant)}";
            }

            if (seen.OpenTo.Contains(grant))
            {
                yield return $"grant {grant} was revoked and still opens the context";
            }
        }

        foreach (var fault in seen.ChainFaults)
        {
            yield return fault;
        }
    }
}
