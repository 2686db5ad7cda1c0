namespace CustomerContext.Domain.Consents;

/// <summary>When a grant lets its tenant look.</summary>
public enum GrantWhen
{
    /// <summary>While the customer has an open conversation with the tenant; the default for people.</summary>
    DuringMyConversations = 1,

    /// <summary>In one interaction, for as many looks and watches of the tenant as it needs; at most <see cref="Limits.Calls.Longest"/>.</summary>
    ThisCallOnly,

    /// <summary>Any time.</summary>
    AnyTime,
}
