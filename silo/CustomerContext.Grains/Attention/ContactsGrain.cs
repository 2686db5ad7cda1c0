using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Attention;

/// <summary>Keeps whom to ask; the rules are <see cref="ContactRules"/>. Only a customer's grain changes their place on it: a refusal may be for this claim alone.</summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes. A customer's grain may tell of itself while it is asked.</remarks>
[Reentrant]
internal sealed class ContactsGrain([PersistentState(StoreNames.Contacts, StoreNames.Store)] IPersistentState<Contacts> slot, FailureReport failures, TimeProvider time) : Grain, IContactsGrain
{
    private readonly DurableState<Contacts> _state = new(slot, Contacts.Nobody);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        return Task.CompletedTask;
    }

    public async Task Put(Contact contact)
    {
        await _state.Ready();
        var next = ContactRules.Put(_state.Pending, contact);
        await (ReferenceEquals(next, _state.Pending) ? _state.Settled() : _state.Save(next));
    }

    /// <summary>
    /// One after the other, so that nobody gets a record of a look because too many were asked. Nobody decides after their time, and the record of who decided before is waited for: who is on record as named
    /// is named, unless just then the store or a silo fails, a message is late by half a second, or they change what they allow.
    /// </summary>
    public async Task<ImmutableArray<OfferedContact>> Find(LookRequest look, ImmutableArray<string> topics, CustomerKey asks, TimeSpan within)
    {
        var arrived = time.GetTimestamp();
        await _state.Ready();
        var offered = new List<OfferedContact>();
        foreach (var customer in ContactRules.Find(_state.Visible, topics, asks))
        {
            var rest = within - time.GetElapsedTime(arrived);
            if (offered.Count == Limits.Attention.ContactsOffered || rest <= TimeSpan.Zero)
            {
                break;
            }

            if (await Ask(customer, look with { Within = rest }, topics) is { Topic: { } topic, Standing: var standing })
            {
                offered.Add(new OfferedContact(customer, topic, standing));
            }
        }

        return [.. offered.OrderByDescending(contact => contact.Standing)];
    }

    private async Task<ContactAnswer?> Ask(CustomerKey customer, LookRequest look, ImmutableArray<string> topics)
    {
        try
        {
            return await GrainFactory.GetGrain<ICustomerGrain>(customer.Value).OfferContact(look, topics).WaitAsync(look.Within!.Value + Limits.Attention.ContactAnswers, time);
        }
        catch (Exception error) when (Trouble.MayPass(error))
        {
            failures.Note("asking somebody on a list of contacts", error);
            return null;
        }
    }
}
