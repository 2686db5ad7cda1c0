using CustomerContext.V1;

namespace CustomerContext.Web.Consent;

/// <summary>A grant as the customer's page shows it.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="LastLook">When it was last used. Absent: never, or longer ago than the page looks back.</param>
/// <param name="IsTalking">The customer has said that they are talking to that company now.</param>
internal sealed record GrantCard(Grant Grant, DateTimeOffset? LastLook, bool IsTalking);
