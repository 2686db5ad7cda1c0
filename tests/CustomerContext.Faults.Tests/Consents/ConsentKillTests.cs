using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary><c>kill -9</c> while codes are redeemed and requests decided: each is done or not done, never half. CC_CONSENT_KILLS times.</summary>
public sealed class ConsentKillTests(ITestOutputHelper output) : IDisposable
{
    private const int CustomersPerRound = 8;

    private static readonly int _kills = Trials.Count("CC_CONSENT_KILLS", 3);

    private readonly TempFolder _data = new();

    [Fact]
    public async Task Kill_WhileRedeemingAndDeciding_NothingHalfDone()
    {
        var random = new Random(Trials.Seed);
        var (done, doneAnyway, open) = (0, 0, 0);
        var silo = await SiloProcess.Start(_data.Path);
        try
        {
            for (var kill = 0; kill < _kills; kill++)
            {
                using var client = new SiloClient(silo);
                var people = await Task.WhenAll(Enumerable.Range(0, CustomersPerRound).Select(i => Prepare(client, $"kill{kill}-{i}@example.org")));
                var answered = await KillAmid(silo, client, people, random.Next(1, 2 * CustomersPerRound));
                await silo.DisposeAsync();
                silo = await SiloProcess.Start(_data.Path);
                using var later = new SiloClient(silo);
                foreach (var person in people)
                {
                    var grants = (await Patience.Try(() => later.LiveGrants(person.Email))).Select(grant => grant.Tenant).ToArray();
                    Assert.Equal(grants.Distinct(), grants);
                    Assert.Subset(grants.ToHashSet(), answered.Where(one => one.Email == person.Email).Select(one => one.Tenant).ToHashSet());
                    done += answered.Count(one => one.Email == person.Email);
                    doneAnyway += grants.Length;
                    open += 2 - grants.Length;
                    await Finish(later, person);
                }
            }
        }
        finally
        {
            await silo.DisposeAsync();
        }

        output.WriteLine($"{_kills} kills: {done} answered, {doneAnyway} done when looked at, {open} not done and then done by the repeat");
    }

    public void Dispose() => _data.Dispose();

    private static async Task<Person> Prepare(SiloClient client, string email)
    {
        await client.MakeCustomer(email);
        await client.Ask(email, "globex");
        using var stream = client.WatchRequests(email);
        return new Person(email, await client.MakeCode(email), (await stream.Next()).ConsentRequest.ConsentRequestId);
    }

    /// <summary>Everything at once, and the end of the process once so many answers have come; who was answered.</summary>
    private static async Task<IReadOnlyCollection<(string Email, string Tenant)>> KillAmid(SiloProcess silo, SiloClient client, Person[] people, int answersLeft)
    {
        var answered = new System.Collections.Concurrent.ConcurrentBag<(string, string)>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = people.SelectMany(person => (Task[])[Call(person, "acme", () => Redeem(client, person)), Call(person, "globex", () => Decide(client, person))]).ToArray();
        await Task.WhenAny(enough.Task, Task.WhenAll(calls));
        await silo.Kill();
        await Task.WhenAll(calls);
        return answered;

        async Task Call(Person person, string tenant, Func<Task> call)
        {
            try
            {
                await call();
                answered.Add((person.Email, tenant));
                if (Interlocked.Decrement(ref answersLeft) == 0)
                {
                    enough.SetResult();
                }
            }
            catch (RpcException)
            {
                // Cut off as planned.
            }
        }
    }

    /// <summary>The repeat of both brings both, once; and the chain is whole.</summary>
    private static async Task Finish(SiloClient client, Person person)
    {
        await Patience.Try(() => Redeem(client, person));
        await Patience.Try(() => Decide(client, person));
        Assert.Equal(["acme", "globex"], (await client.LiveGrants(person.Email)).Select(grant => grant.Tenant).Order());
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.Redeem(person.Email, person.Code));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        var log = await client.ReadLog(person.Email);
        Assert.Empty(ChainCheck.Faults(log.Records, log.Head));
        Assert.Equal(2, log.Records.Count(record => record.ConsentChange?.Kind == ConsentChangeKind.GrantCreated));
    }

    private static Task<RedeemSharingCodeResponse> Redeem(SiloClient client, Person person) => client.Redeem(person.Email, person.Code, requestId: $"r {person.Email}");

    private static Task<DecideConsentResponse> Decide(SiloClient client, Person person) =>
        client.Decide(person.Email, person.Request, ConsentDecision.Approve, $"d {person.Email}");

    private sealed record Person(string Email, string Code, string Request);
}
