using System.Runtime.CompilerServices;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Consents;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Orleans;

namespace CustomerContext.Silo.Api.Joins;

/// <summary>What a tenant is told of its own request: how it stands, then the change; after a yes or the end the stream is over.</summary>
internal sealed class JoinStream(IGrainFactory grains, CustomerIds ids, TenantId tenant, string key, TimeProvider time) : IPushSource<WatchConsentRequestResponse>
{
    public async IAsyncEnumerable<Pushed<WatchConsentRequestResponse>> Messages([EnumeratorCancellation] CancellationToken stop)
    {
        JoinStanding? told = null;
        while (told is null or JoinStanding.Waiting)
        {
            // None is no standing, so the first answer comes at once.
            var seen = await grains.GetGrain<IJoinGrain>(key).Next(told ?? default, stop);
            var standing = seen?.Standing ?? JoinStanding.Over;
            yield return standing == told
                ? new(new WatchConsentRequestResponse { Heartbeat = Heartbeats.Of(time) })
                : new(new WatchConsentRequestResponse { Status = await StatusOf(seen?.Join, standing) });
            told = standing;
        }
    }

    public WatchConsentRequestResponse Ended(WatchEndReason reason) => new() { Ended = new WatchEnded { Reason = reason } };

    private async Task<ConsentRequestStatus> StatusOf(Domain.Joins.Join? join, JoinStanding standing)
    {
        var status = new ConsentRequestStatus { State = (ConsentRequestState)standing, ExpiresTime = join?.Until.ToTimestamp() };
        if (standing == JoinStanding.Granted && join is { Claim: { } claim, Granted: { } granted })
        {
            var consent = await grains.GetGrain<ICustomerGrain>(claim.Customer.Value).GetConsent();
            status.CustomerId = ids.For(tenant, claim.Customer);
            status.Grant = consent.Find(granted) is { } grant ? GrantTranslator.ToProto(grant, time.GetUtcNow()) : null;
            status.IdentifierConfirmed = join.IsConfirmed;
        }

        return status;
    }
}
