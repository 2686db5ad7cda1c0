using System.Collections.Concurrent;
using CustomerContext.Faults.Tests.Access;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>Guesses at a sharing code under the rates that every silo starts with: the limiter acts long before the guesses are through.</summary>
public sealed class LimitedGuessTests(ITestOutputHelper output)
{
    private const string Email = "limited-guess@example.org";
    private const int AtOnce = 32;

    private const string DefaultRates = """
        "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ] } ]
        """;

    private static readonly int _guesses = Trials.Count("CC_GUESSES", 300);

    [Fact]
    public async Task Redeem_ManyGuesses_MostAreRateLimitedAndCountedAndNothingIsGranted()
    {
        await using var served = await ServedSilo.Start(DefaultRates);
        await served.Client.MakeCustomer(Email, "acme");
        var granted = (await served.Client.LiveGrants(Email)).Count;
        var code = await served.Client.MakeCode(Email);
        var outcomes = new ConcurrentDictionary<StatusCode, int>();

        await Parallel.ForEachAsync(Enumerable.Range(0, _guesses), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            // Never the code itself, so that luck cannot pass for a fault.
            var guess = ((int.Parse(code) + 1 + number) % 100_000_000).ToString("D8");
            var refused = await Assert.ThrowsAsync<RpcException>(() => served.Client.Redeem(Email, guess));
            outcomes.AddOrUpdate(refused.StatusCode, 1, (_, count) => count + 1);
        });

        output.WriteLine($"{_guesses} guesses: {string.Join(", ", outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}"))}");
        Assert.Equal([StatusCode.PermissionDenied, StatusCode.ResourceExhausted], outcomes.Keys.Order());
        Assert.Equal(granted, (await served.Client.LiveGrants(Email)).Count);
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(served.Silo.Http, "/metrics"));
        var limited = Assert.Single(metrics.Split('\n'), line => line.StartsWith("customercontext_rate_limited_total{", StringComparison.Ordinal)
            && new[] { "lane=\"Other\"", "tenant=\"acme\"", "who=\"person\"" }.All(label => line.Contains(label, StringComparison.Ordinal)));
        Assert.EndsWith($" {outcomes[StatusCode.ResourceExhausted]}", limited.TrimEnd());
    }
}
