using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Attention;

/// <summary>Tells companies what became of their work.</summary>
public interface IWorkNewsSender
{
    /// <summary>True if <paramref name="tenant"/> wants to be told of this kind.</summary>
    bool Wants(TenantId tenant, WorkNewsKinds kind);

    /// <summary>Done when the company has taken it, or never will.</summary>
    /// <exception cref="Customers.NewsNotSentException">Not yet: try again.</exception>
    Task Send(TenantId tenant, WorkNews news, CancellationToken cancellation);

    /// <summary>Nobody tries any more: an operator hears of it.</summary>
    void GiveUp(TenantId tenant, WorkNews news);
}
