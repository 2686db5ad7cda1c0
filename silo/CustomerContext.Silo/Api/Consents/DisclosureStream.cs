using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;
using Grpc.Core;
using ChainHead = CustomerContext.Domain.Consents.ChainHead;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>
/// What a watch on a customer's own record pushes: each record after the last one pushed, so that nothing is left out however slow the reader. Ends when the customer is erased.
/// </summary>
/// <param name="find">Finds the customer; absent while the caller is none.</param>
/// <param name="from">Where to begin. Absent: with the next record.</param>
/// <param name="time">The clock.</param>
internal sealed class DisclosureStream(Func<ValueTask<ICustomerGrain?>> find, RecordToken? from, TimeProvider time) : IPushSource<WatchDisclosuresResponse>
{
    private ChainHead _at = ChainHead.Empty;

    public async IAsyncEnumerable<Pushed<WatchDisclosuresResponse>> Messages([EnumeratorCancellation] CancellationToken stop)
    {
        var customer = await find();
        _at = await Start(customer);
        while (true)
        {
            var before = _at.Sequence;
            foreach (var entry in await Next(customer, stop))
            {
                if (entry.Sequence <= before)
                {
                    continue;
                }

                var shown = Follow(entry);
                yield return new(new WatchDisclosuresResponse { ResumeToken = Token(entry.Head), Disclosure = shown });
                _at = entry.Head;
                if (entry.IsErased || shown.ConsentChange?.Kind == V1.ConsentChangeKind.Erased)
                {
                    yield return new(Ended(WatchEndReason.GrantRevoked));
                    yield break;
                }
            }

            if (_at.Sequence == before)
            {
                yield return new(new WatchDisclosuresResponse { ResumeToken = Token(_at), Heartbeat = Heartbeats.Of(time) });
            }

            customer ??= await find();
        }
    }

    public WatchDisclosuresResponse Ended(WatchEndReason reason) => new() { ResumeToken = Token(_at), Ended = new WatchEnded { Reason = reason } };

    private async Task<ChainHead> Start(ICustomerGrain? customer)
    {
        if (from is { Sequence: > 0 } token)
        {
            var there = customer is null ? [] : await customer.ListRecords(token.Sequence + 1, 1);
            return there is [var entry] && token.Is(entry.Head) ? entry.Head : throw TooOld();
        }

        return from is null && customer is not null && await customer.ListRecords(long.MaxValue, 1) is [var newest] ? newest.Head : ChainHead.Empty;
    }

    private async Task<ImmutableArray<LedgerEntry>> Next(ICustomerGrain? customer, CancellationToken stop)
    {
        if (customer is not null)
        {
            return await customer.NextRecords(_at.Sequence, stop);
        }

        await Task.Delay(Limits.Watches.Heartbeat, time, stop);
        return [];
    }

    /// <summary>The record after the last one pushed. A gap: it was pruned under a reader that slept for two years.</summary>
    private Disclosure Follow(LedgerEntry entry) =>
        entry.Sequence == _at.Sequence + 1 ? DisclosureTranslator.ToProto(entry, _at.Hash, time.GetUtcNow()) : throw TooOld();

    private static RpcException TooOld() => RpcErrors.From(new Refusal(RefusalReason.ResumeTokenTooOld));

    private static string Token(ChainHead at) => RecordToken.After(at).ToString();
}
