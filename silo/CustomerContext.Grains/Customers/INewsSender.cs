using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>Tells companies what became of their grants.</summary>
public interface INewsSender
{
    /// <summary>All companies of the tenants file.</summary>
    IEnumerable<TenantId> Companies { get; }

    /// <summary>Where its company is told of it; absent if it does not want to be.</summary>
    string? ReceiverOf(GrantNews news);

    /// <summary>Done when the company has taken it, or never will.</summary>
    /// <param name="customer">Whose grant it is.</param>
    /// <param name="news">What became of it.</param>
    /// <param name="cancellation">Ends the wait, and a call that is under way.</param>
    /// <exception cref="NewsNotSentException">Not yet: try again.</exception>
    Task Send(CustomerKey customer, GrantNews news, CancellationToken cancellation);

    /// <summary>Nobody tries any more: an operator hears of it.</summary>
    void GiveUp(GrantNews news);
}

/// <summary>A company's receiver did not take news; the next try may succeed. Its text names nobody.</summary>
public sealed class NewsNotSentException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True if it would take nothing else either.</summary>
    public bool IsOfReceiver { get; init; }
}
