using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>The operator changes who is served while the silo runs.</summary>
public sealed class LiveTenantsTests
{
    private const string Email = "served@example.org";
    private const string Both = """ "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support", "service.complaint" ] } ] """;
    private const string SupportOnly = """ "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ] } ] """;
    private const string Disabled = """ "Tenants": [ { "Id": "acme", "Disabled": true, "Sources": [ "crm" ], "Purposes": [ "service.support" ] } ] """;

    [Fact]
    public async Task TenantsFile_PurposeThenTenantDisabled_StreamsEndAndReadsAreRefused()
    {
        await using var served = await ServedSilo.Start(Both);
        await served.Client.MakeCustomer(Email);
        var grant = Requests.Grant();
        grant.Terms.Purposes.Add("service.complaint");
        await served.Client.Consents.CreateGrantAsync(grant, served.Client.AsCustomer(Email));
        using var support = await Open(served, Requests.Purpose);
        using var complaint = await Open(served, "service.complaint");

        served.Serve(SupportOnly);

        Assert.Equal(WatchEndReason.PurposeDisabled, await EndOf(complaint));
        await NotAllowed(served, "service.complaint");
        Assert.NotEmpty((await served.Client.Contexts.GetContextAsync(Requests.Lookup(Email), served.Client.AsAgent())).DisclosureId);

        served.Serve(Disabled);

        Assert.Equal(WatchEndReason.PurposeDisabled, await EndOf(support));
        await NotAllowed(served, Requests.Purpose);
        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => served.Client.Signals.PublishSignalsAsync(
            Requests.Publish(Requests.Turn(Email, "c", 1)), served.Client.AsAgent()).ResponseAsync);

        // The customer is not the tenant's to turn off, and each watch that ended is on record.
        var records = (await served.Client.ReadLog(Email)).Records;
        Assert.Equal(2, records.Count(record => record.Kind == DisclosureKind.WatchClosed));
    }

    private static async Task<AsyncServerStreamingCall<WatchContextResponse>> Open(ServedSilo served, string purpose)
    {
        var request = Requests.Watch(Email);
        request.Purpose = purpose;
        var watch = served.Client.Contexts.WatchContext(request, served.Client.AsAgent(deadline: TimeSpan.FromMinutes(2)));
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.NotNull(watch.ResponseStream.Current.Frame);
        return watch;
    }

    private static async Task<WatchEndReason> EndOf(AsyncServerStreamingCall<WatchContextResponse> watch)
    {
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (watch.ResponseStream.Current.Ended is { } ended)
            {
                Assert.False(await watch.ResponseStream.MoveNext(CancellationToken.None));
                return ended.Reason;
            }
        }

        return WatchEndReason.Unspecified;
    }

    private static async Task NotAllowed(ServedSilo served, string purpose)
    {
        var request = Requests.Lookup(Email);
        request.Purpose = purpose;
        await Refusals.Refused(
            StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => served.Client.Contexts.GetContextAsync(request, served.Client.AsAgent()).ResponseAsync);
    }
}
