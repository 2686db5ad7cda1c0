using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Attention;

/// <summary>Tells companies what became of their work.</summary>
public interface IWorkNewsSender
{
    /// <summary>Where <paramref name="tenant"/> is told of this kind; absent if it does not want to be.</summary>
    string? ReceiverOf(TenantId tenant, WorkNewsKinds kind);

    /// <summary>True if <paramref name="tenant"/> may read for this purpose: of work that waits for others it is not told.</summary>
    bool Reads(TenantId tenant, Purpose purpose);

    /// <summary>Done when the company has taken it, or never will.</summary>
    /// <exception cref="Customers.NewsNotSentException">Not yet: try again.</exception>
    Task Send(TenantId tenant, WorkNews news, CancellationToken cancellation);

    /// <summary>Nobody tries any more: an operator hears of it.</summary>
    void GiveUp(TenantId tenant, WorkNews news);
}
