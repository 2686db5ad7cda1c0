using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>Whether a customer is talking with a tenant now: what a grant "during my conversations" waits for.</summary>
public static class OpenConversations
{
    /// <summary>
    /// True if a conversation that one of <paramref name="tenant"/>'s own systems told us of is neither closed nor thanked, and has had a turn within
    /// <see cref="Limits.Customers.OpenConversation"/> before <paramref name="now"/>.
    /// </summary>
    public static bool With(CustomerState state, TenantId tenant, DateTimeOffset now)
    {
        var since = (now - Limits.Customers.OpenConversation).ToUnixTimeMilliseconds();
        foreach (var source in state.Sources)
        {
            if (source.Source.Tenant != tenant)
            {
                continue;
            }

            foreach (var conversation in source.Conversations)
            {
                var last = conversation.Turns[^1];
                if (last.Stamp.At >= since && last.State is not (ConversationState.Closed or ConversationState.Thanked))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
