using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Silo.Api.Subjects;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>Finds the other people that a signal names. Whether they are customers is nobody's to know: somebody unknown is a key of nobody.</summary>
internal sealed class SignalPeople(SubjectResolver subjects)
{
    /// <summary><paramref name="signal"/> with the people whom <paramref name="message"/> names, as <paramref name="scope"/> knows them.</summary>
    public async ValueTask<Outcome<Signal>> Fill(TenantId scope, Signal signal, V1.Signal message) => signal switch
    {
        RelationshipSignal tie => await With(scope, message.Relationship.Other, "relationship.other", other => tie with { Other = other.Customer }),
        ReputationSignal reputation when message.Reputation.Giver is { } giver =>
            await With(scope, giver, "reputation.giver", other => reputation with { Giver = other.IsKnown ? other.Customer : null }),
        ConversationSignal turn when message.Conversation.Counterparties.Any(one => one.Subject is not null) => await WithPeople(scope, turn, message.Conversation),
        _ => signal,
    };

    private async ValueTask<Outcome<Signal>> With(TenantId scope, V1.SubjectIdentifier? subject, string field, Func<NamedCustomer, Signal> change)
    {
        var other = await subjects.Resolve(scope, subject, field);
        return other.IsOk ? change(other.Value) : other.Refusal;
    }

    private async ValueTask<Outcome<Signal>> WithPeople(TenantId scope, ConversationSignal turn, V1.ConversationSignal message)
    {
        var counterparties = turn.Counterparties;
        var people = new List<CustomerKey>();
        for (var i = 0; i < message.Counterparties.Count; i++)
        {
            if (message.Counterparties[i].Subject is not { } subject)
            {
                continue;
            }

            var person = await subjects.Resolve(scope, subject, $"conversation.counterparties[{i}].subject");
            if (!person.IsOk)
            {
                return person.Refusal;
            }

            if (message.Counterparties[i].Role == V1.ParticipantRole.Customer)
            {
                counterparties = counterparties.SetItem(i, counterparties[i] with { Customer = person.Value.Customer });
                if (person.Value.IsKnown)
                {
                    people.Add(person.Value.Customer);
                }
            }
        }

        return turn with { Counterparties = counterparties, People = [.. people.Distinct()] };
    }
}
