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

    /// <summary>What each company's list was told since the grain came into memory.</summary>
    private readonly Dictionary<TenantId, ImmutableArray<ContactTopic>> _contactTold = [];

    /// <summary>The customer is being erased: no list has them any more.</summary>
    private bool _isContactOver;

    public async Task<ContactAnswer> OfferContact(LookRequest look, ImmutableArray<string> topics)
    {
        var read = look.Read with { Facets = FacetSet.Of(Facet.Influence), MayBegin = false };

        // First without a record, which is for who is named, and without a refused look, which is for who looked at them.
        if (!await IsWilling(read))
        {
            TidySoon();
            return default;
        }

        var tribes = await Tribes(read);
        var standings = GroupsContent.StandingsOf(_ties.ShownAt(_time.GetUtcNow()), tribes.Views);
        if (ContactRules.Counts(standings.Select(one => (one.Influence.Topic, one.Standing)), topics).Topic is null)
        {
            return new ContactAnswer(IsWilling: true);
        }

        var shown = (await Look(look with { Read = read })).Value?.Parts.SelectMany(part => part.Groups?.Influence ?? []).Select(one => (one.Influence.Topic, one.Standing));
        return shown is not null && await IsWilling(read) ? ContactRules.Counts(shown, topics) : default;
    }

    private async Task<bool> IsWilling(ReadRequest read)
    {
        await _ties.Ready();
        var (consent, now) = (await GetConsent(), _time.GetUtcNow());
        return ContactRules.MayBeContacted(consent) && ReadRules.Decide(consent, read, TalkTimes.None, now).IsOk;
    }

    /// <summary>Tells the lists of companies what they do not know; a list that cannot be told now is told later. Who never said yes is on none.</summary>
    private Task TellContacts(ConsentState consent) => ContactRules.MayBeContacted(consent) || _contactTold.Count > 0 ? _tellingContacts.Run() : Task.CompletedTask;

    private async Task TellLists()
    {
        await _ties.Ready();
        var (consent, now) = (await GetConsent(), _time.GetUtcNow());
        var topics = ContactRules.TopicsOf(_ties.ShownAt(now).InfluenceShown);
        var companies = _isContactOver ? [] : ContactRules.Companies(consent, now);
        var known = _isContactOver ? consent.Grants.Select(grant => grant.Tenant) : companies;
        foreach (var company in known.Concat(_contactTold.Keys).Distinct().ToArray())
        {
            ImmutableArray<ContactTopic> wanted = companies.Contains(company) ? topics : [];
            if (!_contactTold.TryGetValue(company, out var told) || !told.SequenceEqual(wanted))
            {
                await GrainFactory.GetGrain<IContactsGrain>(company.Value).Put(new Contact(_customer, wanted));
                _contactTold[company] = wanted;
            }
        }
    }

    /// <summary>Before an erasure, while it is known which companies had a grant.</summary>
    private async Task ForgetContacts()
    {
        _isContactOver = true;
        _contactTold.Clear();
        if (!await _tellingContacts.Run())
        {
            throw new StateUnavailableException();
        }
    }
}
