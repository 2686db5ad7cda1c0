using System.Collections.Frozen;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Signals;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Signals;
using CustomerContext.Silo.Api.Subjects;
using Orleans;

namespace CustomerContext.Demo;

/// <summary>Loads the demo town once the process runs, unless it is there already, and prints what to type.</summary>
internal sealed partial class DemoLoader(
    DemoOptions options,
    CustomerSelf self,
    IdentifierHash hash,
    ISentimentScorer scorer,
    TopicGates gates,
    HelpPages pages,
    DemoStore store,
    GroupSecret secret,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<DemoLoader> log)
    : BackgroundService
{
    private const int AtOnce = 32;
    private const int Attempts = 20;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        var people = options.People;
        if (await self.Find(CallerOf(DemoTown.EmailOf(people))) is null)
        {
            var begun = time.GetTimestamp();
            Loading(log, people);
            var town = new DemoTown(time.GetUtcNow());
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };

            // The last person comes last, because finding them means that the town is there; so they have no past.
            await Remember([.. Enumerable.Range(1, people - 1).Select(town.Person)], atOnce);
            await Parallel.ForEachAsync(Enumerable.Range(1, people - 1), atOnce, async (number, stop) => await LoadSurely(town.Person(number), stop));
            await LoadSurely(town.Person(people), stoppingToken);
            Loaded(log, people, time.GetElapsedTime(begun).TotalSeconds);
        }

        await Console.Out.WriteLineAsync(Commands);
    }

    private async Task Remember(IReadOnlyList<DemoPerson> people, ParallelOptions options)
    {
        var keys = new CustomerKey[people.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, people.Count), options, async (i, stop) =>
            keys[i] = new CustomerKey((await Surely(async () => (await self.FindOrBecome(CallerOf(people[i].Email))).OrThrow(), stop)).GetPrimaryKeyString()));
        var past = new DemoPast(people, keys, Score, secret, time.GetUtcNow());
        past.Play();
        await Parallel.ForEachAsync(store.Writes(past), options, async (write, stop) => await Surely(async () =>
        {
            await write();
            return true;
        }, stop));
        await store.Wake(past);
    }

    private async Task<T> Surely<T>(Func<Task<T>> work, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception error) when (Faults.IsTrouble(error) && attempt < Attempts)
            {
                await Task.Delay(_pause, time, stop);
            }
        }
    }

    /// <summary>A store that is slow for a moment does not spoil the town: every step may be repeated.</summary>
    private Task<bool> LoadSurely(DemoPerson person, CancellationToken stop) => Surely(async () =>
    {
        await Load(person);
        return true;
    }, stop);

    private async Task Load(DemoPerson person)
    {
        var caller = CallerOf(person.Email);
        var customer = (await self.FindOrBecome(caller)).OrThrow();
        (await customer.SetPreferences(new SetPreferences("demo-preferences", person.Preferences), self.OwnOf(caller))).OrThrow();
        foreach (var network in person.Networks)
        {
            // Before the grants, so that these show what the customer says there.
            var account = new LinkedIdentifier(hash.OfOpaque(network, person.Email).Current, IdentifierFormat.Opaque, Verification.Tenant, network, time.GetUtcNow());
            (await customer.ConnectNetwork(new ConnectNetwork($"demo-{network.Value}", network, person.Email, []), account)).OrThrow();
        }

        foreach (var (tenant, terms) in person.Grants)
        {
            (await customer.CreateGrant(new CreateGrant($"demo-{tenant.Value}", tenant, terms))).OrThrow();
        }

        // Those of a resident are there already, and count once.
        await customer.Publish([.. person.Signals.Select(item => Score(item.Signal, item.Text)).OfType<ScoredSignal>()]);
    }

    private ScoredSignal? Score(Signal signal, string? text) => SignalScoring.Score(signal, text, scorer, gates.Of(signal.Source)) is { } scored ? pages.Fill(scored) : null;

    private CustomerCaller CallerOf(string email) =>
        new(DevelopmentKey.Issuer, email, email, null, FrozenSet<string>.Empty) { Until = time.GetUtcNow() };

    private static string Commands => """

        Four commands worth typing, each in a terminal of its own:
          ./ctx get --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1 --purpose service.support
          ./ctx watch --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1 --purpose service.support
          ./ctx publish --email customer1@example.org --tenant acme --conversation c-1 --text "Still no answer. I am really disappointed." --topic router
          ./ctx revoke --as customer1@example.org --all

        """;

    [LoggerMessage(300, LogLevel.Information, "Loading a demo town of {People} people")]
    private static partial void Loading(ILogger logger, int people);

    [LoggerMessage(301, LogLevel.Information, "The demo town of {People} people is there, after {Seconds:F1} s")]
    private static partial void Loaded(ILogger logger, int people, double seconds);
}
