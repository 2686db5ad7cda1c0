using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// Looks that ask again what was answered a moment ago. Decision and answer are not made anew while they would come out the same; that this is so is checked in the step in which the record is
/// formed, like any decision, and the record is appended like any other. Most of them do not even reach the grain: <see cref="ServedCustomers"/>.
/// </summary>
internal sealed partial class CustomerGrain
{
    private readonly ServedCustomers _servedHere;

    /// <summary>What of this customer is answered without the grain.</summary>
    public ServedCustomer Served { get; private set; } = null!;

    public Task StayInMemory() => Task.CompletedTask;

    /// <summary>The answer of the same look before, on record anew; absent if it has to be made.</summary>
    private async ValueTask<LookAnswer?> Repeated(LookRequest request)
    {
        if (Served.Find(request) is not { } known || !Served.IsStill(known, _session.Latest, _time.GetUtcNow()))
        {
            return null;
        }

        if (known.Tribes.AreShown && !IsSame(known.Tribes, await Asked(known.Tribes.Audience, known.Tribes.Companies)))
        {
            return null;
        }

        var decided = await _session.Decide<LookAnswer?>(consent =>
        {
            var now = _time.GetUtcNow();
            return Served.IsStill(known, consent, now) ? new(known.Answer, consent, known.Record.At(now)) : new(null, consent);
        });
        return decided.Entry is { } entry ? known.Answer with { Record = entry.Hash } : null;
    }

    /// <summary>Remembers an answer that another customer has no part in: what they say is asked for every look.</summary>
    private void Remember(LookRequest request, ConsentState consent, ReadDecision decision, LookAnswer answer, Around around, DisclosureRecord record)
    {
        if (request.History is null
            && request.Within is null
            && (consent.Merge is null || request.Read.Tenant is null)
            && !MayName(request.Read)
            && (request.Read.Tenant is not null || !decision.Facets.Contains(Facet.Help) || around.Tribes.Companies.SequenceEqual(Companies(_context.Visible)))
            && !decision.Withheld.Any(withheld => withheld.Reason == WithheldReason.Unreachable))
        {
            var until = ReadRules.SameUntil(consent, request.Read, decision, record.At);
            if (!decision.Facets.Intersect(_groupFacets).IsEmpty && NetworkRules.NextRelease(_ties.ShownAt(record.At)) is var release && release < until)
            {
                until = release;
            }

            foreach (var part in answer.Parts)
            {
                until = part.Snapshot.GoodUntil < until ? part.Snapshot.GoodUntil : until;
            }

            Served.Add(new RememberedLook(request, Served.BasisOf(consent), around.Tribes, record.At, until, answer, new RecordTemplate(record)));
            _servedHere.Add(Served);
        }
    }

    private static bool IsSame(TribeViews known, TribeViews now) =>
        now.Unreachable.IsEmpty && known.IsSame(now);
}
