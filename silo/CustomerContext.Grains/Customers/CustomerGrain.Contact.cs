using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// The customer as somebody who could answer others. Companies' lists say whom to ask and no more; here it is decided, each time, whether the company is told. So what is taken back counts at once, whether
/// or not the lists have heard of it.
/// </summary>
internal sealed partial class CustomerGrain
{
    private readonly RepeatedWork _tellingContacts;

    /// <summary>The companies whose list may know of the customer, and what it was told since the grain came into memory; default: nothing, or no longer sure.</summary>
    private readonly Dictionary<TenantId, ImmutableArray<ContactTopic>> _contactTold = [];

    /// <summary>The customer is being erased: no list has them any more.</summary>
    private bool _isContactOver;

    public async Task<ContactAnswer> OfferContact(LookRequest look, ImmutableArray<string> topics)
    {
        var arrived = _time.GetTimestamp();

        // Without the interaction, which is another customer's: it opens nothing here, and is no part of this customer's record.
        var read = look.Read with { Facets = FacetSet.Of(Facet.Influence), MayBegin = false, Interaction = null, IsOfContact = true };

        // First without a record, which is for who is named, and without a refused look, which is for who looked at them.
        if (!await IsWilling(read, await GetConsent()))
        {
            TidySoon();
            return default;
        }

        var tribes = await Tribes(read);
        var standings = GroupsContent.StandingsOf(_ties.ShownAt(_time.GetUtcNow()), tribes.Views);
        if (ContactRules.Counts(standings.Select(one => (one.Influence.Topic, one.Standing)), topics).Topic is null)
        {
            return default;
        }

        var shown = (await Look(look with { Read = read, Within = look.Within - _time.GetElapsedTime(arrived) })).Value?.Parts.SelectMany(part => part.Groups?.Influence ?? []).Select(one => (one.Influence.Topic, one.Standing));
        if (shown is null)
        {
            return default;
        }

        // What is known already is asked: behind an append that is under way whoever is on record would miss the time in which they are named.
        return await IsWilling(read, _session.Latest ?? await GetConsent()) ? ContactRules.Counts(shown, topics) : default;
    }

    /// <summary>Whether the company may be told of the customer for this purpose. A list that asks though they are not to be on it has missed that, and is told again.</summary>
    private async Task<bool> IsWilling(ReadRequest read, ConsentState consent)
    {
        await _ties.Ready();
        var (now, company) = (_time.GetUtcNow(), read.Tenant!.Value);
        if (ContactRules.Companies(consent, now).Contains(company))
        {
            return ReadRules.Decide(consent, read, TalkTimes.None, now).IsOk;
        }

        _contactTold[company] = default;
        await _tellingContacts.Run();
        return false;
    }

    /// <summary>Tells the lists of companies what they do not know; a list that cannot be told now is told later. Who neither says yes nor did is on none.</summary>
    private Task TellContacts(ConsentState before, ConsentState after)
    {
        if (ContactRules.MayBeContacted(before) || ContactRules.MayBeContacted(after))
        {
            foreach (var company in GrantedTo(before).Concat(GrantedTo(after)))
            {
                _contactTold.TryAdd(company, default);
            }
        }

        return _contactTold.Count > 0 ? _tellingContacts.Run() : Task.CompletedTask;
    }

    /// <summary>Tells all of them once more: a grant may have ended with time, or an earlier silo been lost before they were told.</summary>
    private Task<bool> TellContactsAnew(ConsentState consent)
    {
        foreach (var company in GrantedTo(consent).Concat(_contactTold.Keys).ToArray())
        {
            _contactTold[company] = default;
        }

        return _tellingContacts.Run();
    }

    /// <summary>Each by itself, so that a list that is not there holds up no other.</summary>
    private async Task TellLists()
    {
        await _ties.Ready();
        var (consent, now) = (await GetConsent(), _time.GetUtcNow());
        var topics = ContactRules.TopicsOf(_ties.ShownAt(now).InfluenceShown);
        var companies = _isContactOver ? [] : ContactRules.Companies(consent, now);
        await Task.WhenAll(companies.Concat(_contactTold.Keys).Distinct().ToArray().Select(company => TellList(company, companies.Contains(company) ? topics : [])));
    }

    private async Task TellList(TenantId company, ImmutableArray<ContactTopic> wanted)
    {
        var told = _contactTold.GetValueOrDefault(company);
        if (told.IsDefault || !told.SequenceEqual(wanted))
        {
            await GrainFactory.GetGrain<IContactsGrain>(company.Value).Put(new Contact(_customer, wanted));
            _contactTold[company] = wanted;
        }
    }

    /// <summary>Before an erasure, while it is known which companies had a grant.</summary>
    private async Task ForgetContacts()
    {
        _isContactOver = true;
        if (!await TellContactsAnew(await GetConsent()))
        {
            throw new StateUnavailableException();
        }
    }

    private static IEnumerable<TenantId> GrantedTo(ConsentState consent) => consent.Grants.Select(grant => grant.Tenant);
}
