using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>Mails customers about looks.</summary>
public interface ILookMailSender
{
    /// <summary>Done when the mail was taken, or never will be.</summary>
    /// <exception cref="Joins.MessageNotSentException">Not yet: try again.</exception>
    Task Send(CustomerKey customer, LookMail mail, LookMailing mailing);
}
