using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>Tells companies what became of their grants.</summary>
public interface INewsSender
{
    /// <summary>True if its company wants to be told of it.</summary>
    bool Wants(GrantNews news);

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
public sealed class NewsNotSentException(string message, Exception? inner = null) : Exception(message, inner);
