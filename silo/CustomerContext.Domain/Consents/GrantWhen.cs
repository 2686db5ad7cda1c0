namespace CustomerContext.Domain.Consents;

/// <summary>When a grant lets its tenant look.</summary>
public enum GrantWhen
{
    /// <summary>While the customer has an open conversation with the tenant; the default for people.</summary>
    DuringMyConversations = 1,

    /// <summary>One lookup, or one watch of at most <see cref="Limits.Consents.ThisCallWatch"/>; then it is used up.</summary>
    ThisCallOnly,

    /// <summary>Any time.</summary>
    AnyTime,
}
