using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Ties;
using Orleans;

namespace CustomerContext.Domain.Attention;

/// <summary>Customers of one company who may be contacted and whose voice may count. It is a list of whom to ask: each decides anew whether they are named.</summary>
/// <param name="All">Ordinal by customer; at most <see cref="Limits.Attention.Contacts"/>.</param>
[GenerateSerializer, Immutable, Alias("Contacts")]
public sealed record Contacts([property: Id(0)] ImmutableArray<Contact> All)
{
    /// <summary>Nobody.</summary>
    public static Contacts Nobody { get; } = new([]);
}

/// <summary>A customer who may be contacted.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Topics">Where their voice counts most, ordinal; at most <see cref="Limits.Attention.ContactTopics"/>.</param>
[GenerateSerializer, Immutable, Alias("Contact")]
public sealed record Contact([property: Id(0)] CustomerKey Customer, [property: Id(1)] ImmutableArray<ContactTopic> Topics);

/// <summary>A topic on which a voice counts.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Score">The influence, thousandths.</param>
[GenerateSerializer, Immutable, Alias("ContactTopic")]
public readonly record struct ContactTopic([property: Id(0)] string Topic, [property: Id(1)] int Score);

/// <summary>What a customer says when a company is to be told that they could answer.</summary>
/// <param name="Topic">On what; absent if the company may not be told, or their voice does not count on any of the topics now: the two are not told apart.</param>
/// <param name="Standing">How much.</param>
[GenerateSerializer, Immutable, Alias("ContactAnswer")]
public readonly record struct ContactAnswer([property: Id(0)] string? Topic, [property: Id(1)] Standing Standing);

/// <summary>A customer who could answer, as the company is told.</summary>
[GenerateSerializer, Immutable, Alias("OfferedContact")]
public readonly record struct OfferedContact([property: Id(0)] CustomerKey Customer, [property: Id(1)] string Topic, [property: Id(2)] Standing Standing);

/// <summary>Who is on a company's list, and who is asked. Pure.</summary>
public static class ContactRules
{
    /// <summary>True if the customer said yes to being contacted, and nothing of theirs stops it. Of two linked logins nobody is on a list: a list would have to hear of both.</summary>
    public static bool MayBeContacted(ConsentState consent) => consent is { Merge: null, PausedAt: null, ErasedAt: null, Preferences: { OfAge: true, MayBeContacted: true, LeaveMeAlone: false } };

    /// <summary>The companies that may learn at any time how much the customer's voice counts; none without the yes.</summary>
    public static ImmutableArray<TenantId> Companies(ConsentState consent, DateTimeOffset now) => !MayBeContacted(consent) ? [] :
    [
        .. consent.Grants
            .Where(grant => !grant.HasEnded(now) && grant.When == GrantWhen.AnyTime && grant.Facets.Contains(Facet.Influence))
            .Select(grant => grant.Tenant)
            .Distinct(),
    ];

    /// <summary>The topics with which the customer is on a list: those on which their voice counts most.</summary>
    public static ImmutableArray<ContactTopic> TopicsOf(InfluenceRelease influence) =>
    [
        .. influence.Topics
            .OrderByDescending(topic => topic.Score)
            .ThenBy(topic => topic.Topic, StringComparer.Ordinal)
            .Take(Limits.Attention.ContactTopics)
            .Select(topic => new ContactTopic(topic.Topic, topic.Score))
            .OrderBy(topic => topic.Topic, StringComparer.Ordinal),
    ];

    /// <summary>The list with this voice as it is now, the same object if nothing changes; without topics it leaves. Of one too many, that which counts least goes.</summary>
    public static Contacts Put(Contacts contacts, Contact contact)
    {
        var known = contacts.All.FirstOrDefault(other => other.Customer == contact.Customer);
        if (known is null ? contact.Topics.IsEmpty : known.Topics.SequenceEqual(contact.Topics))
        {
            return contacts;
        }

        var others = contacts.All.Where(other => other != known);
        ImmutableArray<Contact> next =
        [
            .. (contact.Topics.IsEmpty ? others : others.Append(contact))
                .OrderByDescending(one => one.Topics.Max(topic => topic.Score))
                .ThenBy(one => one.Customer.Value, StringComparer.Ordinal)
                .Take(Limits.Attention.Contacts)
                .OrderBy(one => one.Customer.Value, StringComparer.Ordinal),
        ];
        return next.AsSpan().SequenceEqual(contacts.All.AsSpan()) ? contacts : new Contacts(next);
    }

    /// <summary>Whom to ask about <paramref name="topics"/>, whose voice counts most first; at most <see cref="Limits.Attention.ContactsAsked"/>, and not whose question it is.</summary>
    public static ImmutableArray<CustomerKey> Find(Contacts contacts, ImmutableArray<string> topics, CustomerKey asks) =>
    [
        .. contacts.All
            .Where(contact => contact.Customer != asks)
            .Select(contact => (contact.Customer, Score: contact.Topics.Where(topic => topics.Contains(topic.Topic)).Select(topic => topic.Score).DefaultIfEmpty(0).Max()))
            .Where(one => one.Score > 0)
            .OrderByDescending(one => one.Score)
            .ThenBy(one => one.Customer.Value, StringComparer.Ordinal)
            .Take(Limits.Attention.ContactsAsked)
            .Select(one => one.Customer),
    ];

    /// <summary>How long a claim asks whose caller waits for <paramref name="left"/> still, so that the caller hears of everybody who is on record; 0: nobody is asked.</summary>
    public static TimeSpan AskedFor(TimeSpan left)
    {
        var within = left - Limits.Attention.ContactAnswers;
        return within <= TimeSpan.Zero ? TimeSpan.Zero : within < Limits.Attention.AskContacts ? within : Limits.Attention.AskContacts;
    }

    /// <summary>Where the voice counts most among <paramref name="topics"/>; it must be listened to, as the releases of a tribe say.</summary>
    public static ContactAnswer Counts(IEnumerable<(string Topic, Standing Standing)> standings, ImmutableArray<string> topics) => standings
        .Where(one => one.Standing >= Standing.ListenedTo && topics.Contains(one.Topic))
        .OrderByDescending(one => one.Standing)
        .ThenBy(one => one.Topic, StringComparer.Ordinal)
        .Select(one => new ContactAnswer(one.Topic, one.Standing))
        .FirstOrDefault();
}
