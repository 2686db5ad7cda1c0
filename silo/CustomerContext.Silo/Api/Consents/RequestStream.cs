using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>
/// One open stream of what waits for the customer's own word: requests, proposals, and the question of a tribe. What the reader knows is the resume token, so no token is ever too old, and a reader that
/// comes back is told what is new and what is settled.
/// </summary>
internal sealed class RequestStream(
    ICustomerGrain? customer, WaitingTranslator translator, IServerStreamWriter<WatchConsentRequestsResponse> stream, DateTimeOffset until, TimeProvider time)
{
    private const int IdLength = 32;

    private ImmutableArray<string> _known = [];

    /// <summary>Runs until the reader leaves or is too slow, the token ends, or the silo stops.</summary>
    public async Task Run(string resumeToken, CancellationToken left, CancellationToken stopping)
    {
        _known = Read(resumeToken).OrThrow();
        using var over = new CancellationTokenSource(Longest(until - time.GetUtcNow()), time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(left, stopping, over.Token);
        try
        {
            while (true)
            {
                var waiting = await Next(any.Token);
                await Tell(waiting, left);
            }
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested && !left.IsCancellationRequested)
        {
            await Write(Ended(stopping.IsCancellationRequested ? WatchEndReason.ServerStopping : WatchEndReason.TimeLimit), left);
        }
    }

    private async Task<WhatWaits> Next(CancellationToken stop)
    {
        if (customer is not null)
        {
            return (await customer.NextRequests(_known, stop)).OrThrow();
        }

        // Nobody is asked who is no customer yet.
        await Task.Delay(Limits.Watches.Heartbeat, time, stop);
        return WhatWaits.Nothing;
    }

    private async Task Tell(WhatWaits waiting, CancellationToken left)
    {
        var settled = _known.Except(waiting.Ids).ToArray();
        var added = translator.ToProto(waiting).Where(one => !_known.Contains(one.Id)).ToArray();
        foreach (var id in settled)
        {
            _known = _known.Remove(id);
            await Write(new WatchConsentRequestsResponse { SettledId = id }, left);
        }

        foreach (var (id, message) in added)
        {
            _known = _known.Add(id);
            await Write(message, left);
        }

        if (settled.Length == 0 && added.Length == 0)
        {
            await Write(new WatchConsentRequestsResponse { Heartbeat = new Heartbeat { ServerTime = time.GetUtcNow().ToTimestamp() } }, left);
        }
    }

    private async Task Write(WatchConsentRequestsResponse message, CancellationToken left)
    {
        message.ResumeToken = string.Concat(_known);
        using var tooLate = new CancellationTokenSource(Limits.Watches.FrameWrite, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(left, tooLate.Token);
        await stream.WriteAsync(message, stop.Token);
    }

    private static Outcome<ImmutableArray<string>> Read(string token) =>
        token.Length <= Limits.Requests.TokenLength && token.Length % IdLength == 0 && token.All(char.IsAsciiHexDigitLower)
            ? token.Chunk(IdLength).Select(id => new string(id)).Distinct().ToImmutableArray()
            : new Refusal(RefusalReason.InvalidArgument, "resume_token", "must be a resume_token of this method");

    private static TimeSpan Longest(TimeSpan left) =>
        left < TimeSpan.Zero ? TimeSpan.Zero : left > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : left;

    private static WatchConsentRequestsResponse Ended(WatchEndReason reason) => new() { Ended = new WatchEnded { Reason = reason } };
}
