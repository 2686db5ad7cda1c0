using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>
/// What a stream of what waits for the customer's own word pushes: requests, proposals, and the question of a tribe. The resume token is the list of what the reader knows, so no
/// token is ever too old, and a reader that comes back is told what is new and what is settled.
/// </summary>
/// <param name="customer">Absent: the caller is no customer yet, whom nobody asks.</param>
/// <param name="translator">Puts it into the contract's words.</param>
/// <param name="known">Ids that the reader knows, as <see cref="Read"/> found them.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestStream(ICustomerGrain? customer, WaitingTranslator translator, ImmutableArray<string> known, TimeProvider time)
    : IPushSource<WatchConsentRequestsResponse>
{
    private const int IdLength = 32;

    private ImmutableArray<string> _known = known;

    /// <summary>The ids in a resume token.</summary>
    public static Outcome<ImmutableArray<string>> Read(string token) =>
        token.Length <= Limits.Requests.TokenLength && token.Length % IdLength == 0 && token.All(char.IsAsciiHexDigitLower)
            ? token.Chunk(IdLength).Select(id => new string(id)).Distinct().ToImmutableArray()
            : new Refusal(RefusalReason.InvalidArgument, "resume_token", "must be a resume_token of this method");

    public async IAsyncEnumerable<Pushed<WatchConsentRequestsResponse>> Messages([EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            var waiting = await Next(stop);
            var before = _known;
            foreach (var id in before.Except(waiting.Ids).ToArray())
            {
                yield return Message(new WatchConsentRequestsResponse { SettledId = id }, _known.Remove(id));
                _known = _known.Remove(id);
            }

            foreach (var (id, message) in translator.ToProto(waiting).Where(one => !before.Contains(one.Id)).ToArray())
            {
                yield return Message(message, _known.Add(id));
                _known = _known.Add(id);
            }

            if (_known == before)
            {
                yield return Message(new WatchConsentRequestsResponse { Heartbeat = Heartbeats.Of(time) }, _known);
            }
        }
    }

    public WatchConsentRequestsResponse Ended(WatchEndReason reason) =>
        Message(new WatchConsentRequestsResponse { Ended = new WatchEnded { Reason = reason } }, _known).Message;

    private async Task<WhatWaits> Next(CancellationToken stop)
    {
        if (customer is not null)
        {
            return (await customer.NextRequests(_known, stop)).OrThrow();
        }

        await Task.Delay(Limits.Watches.Heartbeat, time, stop);
        return WhatWaits.Nothing;
    }

    private static Pushed<WatchConsentRequestsResponse> Message(WatchConsentRequestsResponse message, ImmutableArray<string> known)
    {
        message.ResumeToken = string.Concat(known);
        return new(message);
    }
}
