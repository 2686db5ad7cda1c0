using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using Orleans;

namespace CustomerContext.Grains.Attention;

/// <summary>The customers of one company who may be contacted. The key is the company's id.</summary>
/// <remarks>Every method throws <see cref="Durability.StateUnavailableException"/> if the store gives no sure answer.</remarks>
[Alias("IContactsGrain")]
public interface IContactsGrain : IGrainWithStringKey
{
    /// <summary>How a customer stands on the list now; without topics they leave it. Idempotent.</summary>
    [Alias("Put")]
    Task Put(Contact contact);

    /// <summary>
    /// Who could answer about these topics. Those whose voice counts most are asked, and the first <see cref="Domain.Limits.Attention.ContactsOffered"/> who allow it are named, leading voices first. Whoever is named has allowed it at that moment, and it is on their record as a look at INFLUENCE.
    /// </summary>
    /// <param name="look">The look of the company's actor who is to be told, at what waits.</param>
    /// <param name="topics">What about.</param>
    /// <param name="asks">Whose question it is: they are not named.</param>
    /// <param name="within">How long they are asked, from when this arrives; 0 or less: nobody is.</param>
    [Alias("Find")]
    Task<ImmutableArray<OfferedContact>> Find(LookRequest look, ImmutableArray<string> topics, CustomerKey asks, TimeSpan within);
}
