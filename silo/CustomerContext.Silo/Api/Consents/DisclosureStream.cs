using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ChainHead = CustomerContext.Domain.Consents.ChainHead;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>One open watch on a customer's own record: asks the grain for what follows the last record pushed, so nothing is left out however slow the reader.</summary>
/// <param name="find">Finds the customer; absent while the caller is none.</param>
/// <param name="responses">Where to.</param>
/// <param name="until">The end of the caller's token.</param>
/// <param name="time">The clock.</param>
internal sealed class DisclosureStream(
    Func<ValueTask<ICustomerGrain?>> find, IServerStreamWriter<WatchDisclosuresResponse> responses, DateTimeOffset until, TimeProvider time)
{
    private ChainHead _at = ChainHead.Empty;

    /// <summary>Runs until the reader leaves, its token ends, the customer is erased or the silo stops.</summary>
    /// <param name="from">Where to begin. Absent: with the next record.</param>
    /// <param name="left">The reader has left.</param>
    /// <param name="stopping">The silo stops.</param>
    public async Task Run(RecordToken? from, CancellationToken left, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left, stopping);
        try
        {
            var customer = await find();
            _at = await Start(customer, from);
            while (time.GetUtcNow() < until)
            {
                var records = await Next(customer, either.Token);
                if (await Push(records, left))
                {
                    await End(WatchEndReason.GrantRevoked, left);
                    return;
                }

                customer ??= await find();
            }

            await End(WatchEndReason.TimeLimit, left);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !left.IsCancellationRequested)
        {
            await End(WatchEndReason.ServerStopping, left);
        }
    }

    private static async Task<ChainHead> Start(ICustomerGrain? customer, RecordToken? from)
    {
        if (from is { Sequence: > 0 } token)
        {
            var there = customer is null ? [] : await customer.ListRecords(token.Sequence + 1, 1);
            return there is [var entry] && token.Is(entry.Head)
                ? entry.Head
                : throw RpcErrors.From(new Refusal(RefusalReason.ResumeTokenTooOld));
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

    /// <summary>Pushes what is new, or a heartbeat; true if the customer has been erased.</summary>
    private async Task<bool> Push(ImmutableArray<LedgerEntry> records, CancellationToken left)
    {
        var before = _at.Sequence;
        foreach (var entry in records.Where(entry => entry.Sequence > before))
        {
            if (entry.Sequence != _at.Sequence + 1)
            {
                throw RpcErrors.From(new Refusal(RefusalReason.ResumeTokenTooOld)); // Pruned under a reader that slept for two years.
            }

            var shown = DisclosureTranslator.ToProto(entry, _at.Hash, time.GetUtcNow());
            _at = entry.Head;
            await Write(new WatchDisclosuresResponse { Disclosure = shown }, left);
            if (entry.IsErased || shown.ConsentChange?.Kind == V1.ConsentChangeKind.Erased)
            {
                return true;
            }
        }

        if (_at.Sequence == before)
        {
            await Write(new WatchDisclosuresResponse { Heartbeat = new Heartbeat { ServerTime = time.GetUtcNow().ToTimestamp() } }, left);
        }

        return false;
    }

    private Task End(WatchEndReason reason, CancellationToken left) => Write(new WatchDisclosuresResponse { Ended = new WatchEnded { Reason = reason } }, left);

    private async Task Write(WatchDisclosuresResponse response, CancellationToken left)
    {
        response.ResumeToken = RecordToken.After(_at).ToString();
        using var tooLate = new CancellationTokenSource(Limits.Watches.FrameWrite, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(left, tooLate.Token);
        await responses.WriteAsync(response, stop.Token);
    }
}
