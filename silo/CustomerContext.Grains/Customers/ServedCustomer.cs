using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Ledger;
using CustomerContext.Grains.Serving;
using CustomerContext.Grains.Ties;
using CustomerContext.Grains.Tribes;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// What a customer's grain lets be answered without it: looks that were answered a moment ago. An answer leaves only while nothing that it was made of has changed, which is checked when its record is
/// formed; so a change ends it by itself, at the moment at which it is durable and before anybody is told that it is.
/// </summary>
/// <remarks>
/// <see cref="Answer"/> runs on any thread; it reads values that the grain replaces and never changes, each by one read of a reference. The rest is the grain's.
/// </remarks>
internal sealed class ServedCustomer(
    CustomerKey customer,
    LedgerSession session,
    DurableState<CustomerState> context,
    TiesKeeper ties,
    TribeReleases tribes,
    IAnswerTimes answerTimes,
    TimeProvider time)
    : ServedGrain(customer.Value, time)
{
    private readonly RememberedLooks _looks = new();

    /// <summary>The look that asked the same; absent if it is not remembered.</summary>
    public RememberedLook? Find(LookRequest request) => _looks.Find(request);

    /// <summary>Remembers <paramref name="look"/>.</summary>
    public void Add(RememberedLook look) => _looks.Add(look);

    /// <summary>Forgets all looks.</summary>
    public void Clear() => _looks.Clear();

    /// <summary>What an answer is made of now.</summary>
    /// <param name="consent">The customer's consent; absent if the ledger has to be read.</param>
    public LookBasis BasisOf(ConsentState? consent) => new(consent, context.Visible, ties.Visible, answerTimes.Version);

    /// <summary>True if <paramref name="look"/> would come out the same under this consent, but for what tribes show.</summary>
    public bool IsStill(RememberedLook look, ConsentState? consent, DateTimeOffset now) =>
        look.From <= now && now < look.Until && BasisOf(consent).IsSame(look.Basis);

    /// <summary>The answer to a look that is remembered, on record anew; absent if the grain has to be asked.</summary>
    /// <exception cref="LedgerUnavailableException">The store did not answer, or the outcome is unknown.</exception>
    public async ValueTask<LookAnswer?> Answer(LookRequest request)
    {
        if (_looks.Find(request) is not { } look || !IsShownBy(look.Tribes))
        {
            return null;
        }

        var entry = await session.AppendLook(consent =>
        {
            var now = Time.GetUtcNow();
            return !IsOver && context.IsKnown && ties.IsKnown && IsStill(look, consent, now) ? look.Record.At(now) : default;
        });
        return entry is null ? null : look.Answer with { Record = entry.Hash };
    }

    /// <summary>True if tribes and readers show the same as then, as far as this silo knows without asking. The tribes are those of now: a look that began before a tribe was joined knows nothing of it.</summary>
    private bool IsShownBy(TribeViews then) => !then.AreShown
        || (GroupsContent.Joined(ties.Visible).Select(tribe => tribes.Find(GroupId.Tribe(tribe.Value, then.Audience))).SequenceEqual(then.Views) && AreShownBy(then));

    private bool AreShownBy(TribeViews then)
    {
        var readers = then.Companies.Select(company => tribes.Find(GroupId.Readers(company))).ToArray();
        return !readers.Contains(null) && readers.Select(view => view!.Readers).OfType<ReadersRelease>().SequenceEqual(then.Readers);
    }
}
