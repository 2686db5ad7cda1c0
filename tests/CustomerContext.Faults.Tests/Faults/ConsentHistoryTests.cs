using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>
/// Many consent operations at once on few customers: what came back before something else began is seen by it, every answer and frame has its record, versions only grow.
/// CC_HISTORY operations, also with <c>kill -9</c> of the silo half-way.
/// </summary>
public sealed class ConsentHistoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Customers = 3;

    private static readonly int _operations = Trials.Count("CC_HISTORY", 2_000);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(20);

    private readonly TempFolder _data = new();
    private readonly History _history = new();

    [Fact]
    public async Task Operations_AtOnceOnSqlite_EveryPromiseKept()
    {
        await using var silo = await SiloProcess.Start(_data.Path);
        await MakeCustomers(silo);
        await Round(silo, new Moments(_operations), kill: false);
        await Check(silo);
    }

    [Fact]
    public async Task Operations_AtOnceOnRedis_EveryPromiseKept()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint);
        await MakeCustomers(silo);
        await Round(silo, new Moments(_operations), kill: false);
        await Check(silo);
    }

    [Fact]
    public async Task Operations_SiloKilledAndRestartedInBetween_EveryPromiseKept()
    {
        var moments = new Moments(_operations);
        await using (var silo = await SiloProcess.Start(_data.Path))
        {
            await MakeCustomers(silo);
            await Round(silo, moments, kill: true);
        }

        await using var again = await SiloProcess.Start(_data.Path);
        await Round(again, moments, kill: false);
        await Check(again);
    }

    public void Dispose() => _data.Dispose();

    private static string Email(int number) => $"history{number}@example.org";

    private static async Task MakeCustomers(SiloProcess silo)
    {
        using var client = new SiloClient(silo);
        for (var number = 0; number < Customers; number++)
        {
            await client.MakeCustomer(Email(number));
            await client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email(number), "talk", 1)), client.AsAgent());
        }
    }

    private async Task Round(SiloProcess silo, Moments moments, bool kill)
    {
        using var client = new SiloClient(silo);
        await using var tap = new WireTap(silo.Grpc);
        using var tapped = new SiloClient(tap.Address, silo.Tokens, oneConnection: true);
        using var stop = new CancellationTokenSource();
        var isBroken = false;
        var running = Task.WhenAll(Enumerable.Range(0, Customers).Select(number => new ConsentLoad(
            client, tapped, Email(number), _history.Of(Email(number)), new Random(Trials.Seed + number), moments).Run(() => Volatile.Read(ref isBroken), stop.Token)));
        if (kill)
        {
            await Task.WhenAny(moments.HalfDone.Task, running).WaitAsync(_longest);
            Volatile.Write(ref isBroken, true);
            await silo.Kill();
        }
        else
        {
            await moments.Done.WaitAsync(_longest);
            Volatile.Write(ref isBroken, true);
        }

        await stop.CancelAsync();
        await running.WaitAsync(_longest);
        Assert.Empty(OperationChecker.LateFrames(WireMessage.In(tap.Data)));
    }

    private async Task Check(SiloProcess silo)
    {
        using var client = new SiloClient(silo);
        foreach (var (email, history) in _history.Customers)
        {
            var violations = OperationChecker.Violations([.. history.Operations]).ToList();
            var (records, head) = await client.ReadLog(email);
            violations.AddRange(ChainCheck.Faults(records, head));
            var log = records.Select(record => record.DisclosureId).ToHashSet();
            violations.AddRange(history.Answers.Keys.Where(answer => !log.Contains(answer)).Select(answer => $"answer {answer} has no record"));
            Assert.True(violations.Count == 0, $"{email}: {string.Join("; ", violations.Take(10))}");
            output.WriteLine($"{email}: {string.Join(", ", history.Operations.GroupBy(one => one.Kind).OrderBy(one => one.Key).Select(one => $"{one.Count()} {one.Key}"))}, "
                + $"{history.Answers.Count} answers and frames, {records.Count} records");
        }

        Assert.All(Enum.GetValues<OperationKind>(), kind => Assert.Contains(_history.Customers, one => one.Value.Operations.Any(operation => operation.Kind == kind)));
    }
}
