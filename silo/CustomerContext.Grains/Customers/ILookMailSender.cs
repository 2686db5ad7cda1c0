using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>Mails customers about looks.</summary>
public interface ILookMailSender
{
    /// <summary>Hands over one mail.</summary>
    /// <param name="customer">Whose looks they are.</param>
    /// <param name="mail">Where it goes.</param>
    /// <param name="mailing">What it tells.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>True if the mail was taken, or never will be; false if its reader cannot be reached today.</returns>
    /// <exception cref="Joins.MessageNotSentException">The mail server did not do its work: try again.</exception>
    Task<bool> Send(CustomerKey customer, LookMail mail, LookMailing mailing, CancellationToken stop);
}
