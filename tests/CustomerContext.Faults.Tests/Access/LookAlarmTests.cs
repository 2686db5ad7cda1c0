using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Grpc.Core;
using LookAlarms = CustomerContext.Domain.Limits.Alarms;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>An operator is told of an actor who leafs through people, by whichever method, and of nobody by name.</summary>
public sealed class LookAlarmTests
{
    // Rates that do not come in between.
    private const string Settings = """
        "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Person": { "Looks": 1000, "Other": 1000 } } ]
        """;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    /// <summary>The same interaction over and over accounts for one person.</summary>
    [Fact]
    public Task GetContext_OneMorePersonThanAllowed_CountedOnce() => CountedOnce(
        1, (client, email) => client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent()).ResponseAsync);

    [Fact]
    public Task ResolveCustomer_OneMorePersonThanAllowed_CountedOnce() => CountedOnce(
        0, (client, email) => client.Identities.ResolveCustomerAsync(
            new ResolveCustomerRequest { Subject = new SubjectIdentifier { Email = email } }, client.AsAgent()).ResponseAsync);

    /// <summary>Each alias is a look at whomever it names.</summary>
    [Fact]
    public Task GetContext_AliasesOfOneMorePersonThanAllowed_CountedOnce() => CountedOnce(1, (client, email) =>
    {
        var request = Requests.Lookup(email);
        request.Subject = new SubjectIdentifier
        {
            Aliases = new Aliases { Identifiers = { new SubjectIdentifier { Email = "leafed0@example.org" }, new SubjectIdentifier { Email = email } } },
        };
        return client.Contexts.GetContextAsync(request, client.AsAgent()).ResponseAsync;
    });

    private static async Task CountedOnce(int accounted, Func<SiloClient, string, Task> look)
    {
        await using var served = await ServedSilo.Start(Settings);
        var most = LookAlarms.PeopleOfPerson + accounted;
        for (var person = 0; person < most; person++)
        {
            await LookAt(person);
        }

        Assert.Empty(await Alarms());
        await LookAt(most);

        // What was shown a moment ago may be shown again.
        using var tooLong = new CancellationTokenSource(_longest);
        IReadOnlyList<string> alarms;
        while ((alarms = await Alarms()).Count == 0 && !tooLong.IsCancellationRequested)
        {
        }

        var alarm = Assert.Single(alarms);
        Assert.True(new[] { "alarm=\"ManyPeople\"", "tenant=\"acme\"", "role=\"Person\"" }.All(label => alarm.Contains(label, StringComparison.Ordinal)), alarm);
        Assert.EndsWith(" 1", alarm.Trim());
        Assert.DoesNotContain("agent-7", alarm, StringComparison.Ordinal);

        Task<RpcException> LookAt(int person) => Assert.ThrowsAnyAsync<RpcException>(() => look(served.Client, $"leafed{person}@example.org"));

        async Task<IReadOnlyList<string>> Alarms()
        {
            using var http = new HttpClient();
            var metrics = await http.GetStringAsync(new Uri(served.Silo.Http, "/metrics"));
            return [.. metrics.Split('\n').Where(line => line.StartsWith("customercontext_look_alarms_total{", StringComparison.Ordinal))];
        }
    }
}
