using System.Globalization;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Cluster;

/// <summary>What a look costs at the silo that has the customer in memory, and at another one.</summary>
public sealed class RemoteLookTests(ITestOutputHelper output)
{
    private const string Email = "somewhere@example.org";
    private const int AtOnce = 16;

    private static readonly int _looks = Trials.Count("CC_REMOTE_LOOKS", 200);

    [Fact]
    public async Task Look_AtAnotherSilo_TheSameForMoreMessages()
    {
        await using var cluster = await SiloCluster.Start(2);
        var home = cluster.Client(0);
        await home.MakeCustomer(Email, "acme");
        await home.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email, "c-1", 1)), home.AsProgram());
        var byEmail = Requests.Lookup(Email);
        var known = await Patience.Try(() => home.Contexts.GetContextAsync(byEmail, home.AsAgent()).ResponseAsync);
        var byId = byEmail.Clone();
        byId.Subject = new SubjectIdentifier { CustomerId = known.CustomerId };

        foreach (var request in new[] { byId, byEmail })
        {
            await Look(cluster.Client(0), request); // warm
            await Look(cluster.Client(1), request);
        }

        // A request and its answer; by e-mail both places where an address may be known are asked before the customer.
        await Costs("by customer id, at its own silo", cluster, 0, byId, messages: 0);
        await Costs("by customer id, at another silo", cluster, 1, byId, messages: 2);
        await Costs("by e-mail, at its own silo", cluster, 0, byEmail, messages: 0);
        await Costs("by e-mail, at another silo", cluster, 1, byEmail, messages: 6);
    }

    private async Task Costs(string what, SiloCluster cluster, int at, GetContextRequest request, int messages)
    {
        var before = (Sent: await Sent(cluster), Cost: Cost(cluster));
        await Look(cluster.Client(at), request);
        var cost = Cost(cluster) - before.Cost;
        var sent = (await Sent(cluster) - before.Sent) / _looks;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {sent:F1} messages and {cost.TotalMicroseconds / _looks:F0} us of processor time a look"));
        Assert.Equal(messages, Math.Round(sent));
    }

    private static async Task Look(SiloClient client, GetContextRequest request) =>
        await Parallel.ForAsync(0, _looks, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) => await Patience.Try(() => client.Contexts.GetContextAsync(request, client.AsAgent()).ResponseAsync));

    private static TimeSpan Cost(SiloCluster cluster) => cluster.Silo(0).ProcessorTime + cluster.Silo(1).ProcessorTime;

    /// <summary>Messages that the silos have sent each other, once the metrics have them all: what they show is some hundred milliseconds old. The silos also ask each other how they are, now and then.</summary>
    private static async Task<double> Sent(SiloCluster cluster)
    {
        using var http = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var before = double.NaN; ;)
        {
            var sent = 0.0;
            for (var i = 0; i < cluster.Count; i++)
            {
                var lines = (await http.GetStringAsync(new Uri(cluster.Silo(i).Http, "/metrics"))).Split('\n');
                sent += lines.Where(line => line.StartsWith("orleans_messaging_sent_messages_size_bytes_count", StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..], CultureInfo.InvariantCulture));
            }

            if (sent - before < _looks / 10.0)
            {
                return sent;
            }

            before = sent;
            await timer.WaitForNextTickAsync();
        }
    }
}
