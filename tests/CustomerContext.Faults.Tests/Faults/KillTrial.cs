using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>Rounds of load that end with something being killed at a random moment, and the check of what was promised before. Reproducible by seed, but for the timing.</summary>
internal sealed class KillTrial(int seed)
{
    private const int CustomersPerRound = 6;
    private const int FewestAnswers = 20;
    private const int MostAnswers = 400;

    private static readonly TimeSpan _longestLoad = TimeSpan.FromSeconds(60);

    private readonly History _history = new();
    private readonly List<(string Email, string Revocable)> _customers = [];

    /// <summary>What was promised and checked, for the figures.</summary>
    public string Figures =>
        $"{_history.Customers.Sum(one => one.Value.Acknowledged.Count)} acknowledged signals, {_history.Customers.Sum(one => one.Value.Answers.Count)} answers, "
        + $"{_history.Customers.Sum(one => one.Value.Revoked.Count)} revokes";

    /// <summary>New customers, load on all of them, and <paramref name="kill"/> once a random number of answers has come.</summary>
    public async Task Round(int round, SiloProcess silo, Func<Task> kill)
    {
        using var client = new SiloClient(silo);
        var random = new Random(seed + round);
        using var stop = new CancellationTokenSource();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answersLeft = random.Next(FewestAnswers, MostAnswers);
        var isBroken = false;
        var loads = new List<CustomerLoad>();
        for (var i = 0; i < CustomersPerRound; i++)
        {
            var email = $"round{round}-{i}@example.org";
            var grants = await client.MakeCustomer(email, "acme", "globex");
            _customers.Add((email, grants[1]));
            loads.Add(new CustomerLoad(client, email, grants[1], _history.Of(email), new Random(random.Next()), Answered));
        }

        var running = Task.WhenAll(loads.Select(load => load.Run(() => Volatile.Read(ref isBroken), stop.Token)));
        if (await Task.WhenAny(enough.Task, running).WaitAsync(_longestLoad) == running)
        {
            await running;
        }

        Volatile.Write(ref isBroken, true);
        await kill();
        await stop.CancelAsync();
        await running.WaitAsync(_longestLoad);

        void Answered()
        {
            if (Interlocked.Decrement(ref answersLeft) == 0)
            {
                enough.SetResult();
            }
        }
    }

    /// <summary>Checks the customers of the last round: as they are, and after everything was sent again.</summary>
    public async Task CheckLastRound(SiloProcess silo)
    {
        using var client = new SiloClient(silo);
        foreach (var (email, revocable) in _customers.TakeLast(CustomersPerRound))
        {
            await Check(client, email, revocable, isAllAcknowledged: false);
            var load = new CustomerLoad(client, email, revocable, _history.Of(email), new Random(seed), () => { });
            await Patience.Try(load.Resend);
            await Check(client, email, revocable, isAllAcknowledged: true);
        }
    }

    /// <summary>Checks all customers of all rounds once more.</summary>
    public async Task CheckAll(SiloProcess silo)
    {
        using var client = new SiloClient(silo);
        foreach (var (email, revocable) in _customers)
        {
            await Check(client, email, revocable, isAllAcknowledged: true);
        }
    }

    private async Task Check(SiloClient client, string email, string revocable, bool isAllAcknowledged)
    {
        var seen = await Patience.Try(() => Observe(client, email, revocable));
        var violations = HistoryChecker.Violations(_history.Of(email), seen, isAllAcknowledged).ToArray();
        Assert.True(violations.Length == 0, $"{email}: {string.Join("; ", violations)}");
    }

    private static async Task<CustomerSeen> Observe(SiloClient client, string email, string revocable)
    {
        var context = (await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent())).Context;
        var log = await client.ReadLog(email);
        var grants = await client.Consents.ListGrantsAsync(new ListGrantsRequest { IncludeEnded = true }, client.AsCustomer(email));
        return new CustomerSeen(
            context.Conversations?.Latest.ToDictionary(one => one.ConversationId, one => one.TurnCount) ?? [],
            context.Sentiment?.MessageCount ?? 0,
            log.Records.Select(record => record.DisclosureId).ToHashSet(),
            [.. ChainCheck.Faults(log.Records, log.Head)],
            grants.Grants.ToDictionary(grant => grant.GrantId, grant => grant.State),
            await IsOpen(client, email, "globex") ? new HashSet<string> { revocable } : new HashSet<string>());
    }

    private static async Task<bool> IsOpen(SiloClient client, string email, string tenant)
    {
        try
        {
            await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent(tenant));
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied)
        {
            return false;
        }
    }
}
