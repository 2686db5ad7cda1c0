using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>Whether a customer is talking with a tenant now: what a grant "during my conversations" waits for.</summary>
public static class OpenConversations
{
    /// <summary>
    /// The first instant at which no conversation of <paramref name="tenant"/>'s is open any more, if nothing is said meanwhile; absent if none is open at <paramref name="now"/>. One is open
    /// if one of the tenant's own systems told us of it, it is neither closed nor thanked, and its latest turn was within <see cref="Limits.Customers.OpenConversation"/>.
    /// </summary>
    public static DateTimeOffset? Until(CustomerState state, TenantId tenant, DateTimeOffset now)
    {
        DateTimeOffset? until = null;
        foreach (var source in state.Sources)
        {
            if (source.Source.Tenant != tenant)
            {
                continue;
            }

            foreach (var conversation in source.Conversations)
            {
                var last = conversation.Turns[^1];
                var ends = DateTimeOffset.FromUnixTimeMilliseconds(last.Stamp.At + 1) + Limits.Customers.OpenConversation;
                if (now < ends && last.State is not (ConversationState.Closed or ConversationState.Thanked) && !(until >= ends))
                {
                    until = ends;
                }
            }
        }

        return until;
    }
}
