using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>What a sender is told of a signal that could not be kept.</summary>
public static class DoorRules
{
    /// <summary>
    /// A refusal that comes from what is kept of a customer says that something is. Whom the customer lets look knows that anyway, and the customer does; anybody else is
    /// answered as if the signal had been taken (<see cref="RefusalReason.Untold"/>).
    /// </summary>
    /// <param name="refusal">Why the signal was not kept; absent if it was.</param>
    /// <param name="consent">The customer's consent.</param>
    /// <param name="source">Who sent it.</param>
    /// <param name="now">The instant that counts.</param>
    public static Refusal? Told(Refusal? refusal, ConsentState consent, SourceId source, DateTimeOffset now) =>
        refusal is null || source.Tenant is not { } tenant || ConsentRules.HasLiveGrant(consent, tenant, now)
            ? refusal
            : new Refusal(RefusalReason.Untold);
}
