using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Grains.Customers;

/// <summary>The people in the customer's conversations. Who they are is theirs to say: they are asked anew for every answer, so that none is older than their last word.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<ImmutableArray<Mention>> AllowMentions(ReadRequest read, ImmutableArray<Mention> mentions)
    {
        await _context.Ready();
        var decided = await Jointly<ImmutableArray<Mention>>(new LookRequest(read, null), null, null, (consent, partner) =>
        {
            var now = _time.GetUtcNow();
            var shown = Decide(consent, read, partner, now);
            return new(shown.IsOk ? MentionRules.Allowed(mentions, consent, shown.Value, now) : shown.Refusal, consent, MustBeCurrent: true);
        });
        if (decided.Result.IsOk)
        {
            return decided.Result.Value;
        }

        // Whoever was named and is nobody, or allows nothing, does not stay in memory.
        TidySoon();
        return [];
    }

    /// <summary>Who of the people in the conversations that the reader may see allows to be named; who could not be reached in time is not.</summary>
    private async ValueTask<ImmutableArray<Mention>> Named(ReadRequest read)
    {
        if (!MayName(read))
        {
            return [];
        }

        // They are asked only if the reader may see the conversations. The customer's own is taken as open here, because the linked customer may have an open one.
        var (consent, now) = (await GetConsent(), _time.GetUtcNow());
        var allowed = ReadRules.Decide(consent, read, TalkTimes.Assumed, now);
        var mentions = allowed.IsOk ? MentionRules.Of(CustomerRules.OnlyCollected(_context.Visible, consent.Preferences), allowed.Value, _customer, now) : [];
        var theirs = read with { Facets = FacetSet.Of(Facet.Conversations), MayBegin = false };
        var until = now + Limits.Groups.AskPeople;
        var answers = await Task.WhenAll(mentions.GroupBy(mention => mention.Customer).Select(person => Ask(person.Key, theirs, [.. person], until)));
        return [.. answers.SelectMany(answer => answer)];
    }

    /// <summary>True if the answer may have to name people of whom it takes asking.</summary>
    private bool MayName(ReadRequest read) => read.Tenant is not null && read.Facets.Contains(Facet.Conversations) && MentionRules.NamesAnybody(_context.Visible);

    private async Task<ImmutableArray<Mention>> Ask(CustomerKey person, ReadRequest read, ImmutableArray<Mention> mentions, DateTimeOffset until)
    {
        try
        {
            return await GrainFactory.GetGrain<ICustomerGrain>(person.Value).AllowMentions(read, mentions).WaitAsync(Left(until), _time);
        }
        catch (Exception error) when (Trouble.MayPass(error))
        {
            return [];
        }
    }

    private ImmutableArray<NamedCounterparty>? NamedIn(GrantedSlice slice, CustomerState state, ImmutableArray<Mention> allowed, DateTimeOffset now) =>
        allowed.IsEmpty ? null : MentionRules.Named(state, slice, _customer, allowed, now);
}
