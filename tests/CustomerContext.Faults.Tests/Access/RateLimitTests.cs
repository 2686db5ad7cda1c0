using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Google.Rpc;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>What callers see of the limits; at which number they act is checked with a clock that stands still, in CustomerContext.Silo.Tests.</summary>
public sealed class RateLimitTests
{
    private const string Email = "limited@example.org";

    // More calls than any machine lets by within a second and its window.
    private const int Many = 2_000;

    private const string Slow = """
        "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Person": { "Looks": 1, "Signals": 1 } } ],
        "Customers": { "Looks": 1, "Signals": 1, "Other": 1 }
        """;

    [Fact]
    public async Task Calls_BeyondTheRate_RateLimitedWithADelayAndCountedWhileTakingBackIsFree()
    {
        await using var served = await ServedSilo.Start(Slow);
        var grant = Assert.Single(await served.Client.MakeCustomer(Email, "acme"));

        await UntilLimited(() => served.Client.Contexts.GetContextAsync(Requests.Lookup(Email), served.Client.AsAgent()).ResponseAsync);
        await UntilLimited(() => served.Client.Consents.ListGrantsAsync(new ListGrantsRequest(), served.Client.AsCustomer(Email)).ResponseAsync);

        // Another lane, and the lane that is never limited.
        await served.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email, "c", 1)), served.Client.AsAgent());
        for (var i = 0; i < 50; i++)
        {
            await served.Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, served.Client.AsCustomer(Email));
            await served.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), served.Client.AsCustomer(Email));
        }

        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(served.Silo.Http, "/metrics"));
        Assert.Contains(metrics.Split('\n'), line => line.StartsWith("customercontext_rate_limited_total{", StringComparison.Ordinal)
            && new[] { "lane=\"Looks\"", "tenant=\"acme\"", "who=\"person\"" }.All(label => line.Contains(label, StringComparison.Ordinal)));
        Assert.DoesNotContain(Email, metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("agent-7", metrics, StringComparison.Ordinal);
    }

    private static async Task UntilLimited(Func<Task> call)
    {
        async Task CallOften()
        {
            for (var i = 0; i < Many; i++)
            {
                await call();
            }
        }

        var status = await Refusals.Refused(StatusCode.ResourceExhausted, ErrorReason.RateLimited, CallOften);
        var delay = Assert.Single(status.Details, detail => detail.Is(RetryInfo.Descriptor)).Unpack<RetryInfo>().RetryDelay.ToTimeSpan();
        Assert.InRange(delay, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
    }
}
