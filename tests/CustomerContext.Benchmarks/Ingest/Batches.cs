using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Town;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Benchmarks.Ingest;

/// <summary>Batches of new signals, and the cases that send them.</summary>
internal sealed class Batches
{
    /// <summary>Signals a call.</summary>
    public const int Size = 20;

    /// <summary>Calls in flight for the hot customer: what they carry has to fit into the window of signals that a customer remembers.</summary>
    private const int HotCalls = 4;

    private static readonly SemaphoreSlim _hot = new(HotCalls, HotCalls);
    private readonly Connections _connections;
    private readonly Metadata _headers;
    private readonly string[] _ids;
    /// <summary>Signals are a second apart: more than fit into a customer's window within one second cannot be told apart in time, and are refused.</summary>
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddDays(-20);
    private int _sent;

    private Batches(Connections connections, Metadata headers, string[] ids) => (_connections, _headers, _ids) = (connections, headers, ids);

    /// <summary>Looks every customer up once, for their ids.</summary>
    public static async Task<Batches> Prepare(Connections connections, Customers customers, int count)
    {
        var ids = new string[count];
        await Parallel.ForAsync(0, count, async (customer, _) => ids[customer] = (await customers.LookUp(customer)).CustomerId);
        return new Batches(connections, customers.Tenant, ids);
    }

    /// <summary>The baseline first.</summary>
    public IReadOnlyList<Case> Cases() =>
    [
        new("one write of the state for each signal", WriteEach),
        new("PublishSignals, many customers", _ => Publish(signal => signal % _ids.Length)),
        new("PublishSignals, one hot customer", _ => PublishHot()),
    ];

    private async Task WriteEach(int number) => await _connections.Next().Baselines.WriteStatesAsync(
        new WriteStatesRequest
        {
            CustomerId = _ids[number % _ids.Length],
            Signals = Size,
            Filler = ByteString.CopyFrom(new byte[Batch(signal => signal % _ids.Length).CalculateSize()]),
        },
        _headers);

    private async Task PublishHot()
    {
        await _hot.WaitAsync();
        try
        {
            await Publish(_ => 0);
        }
        finally
        {
            _hot.Release();
        }
    }

    private async Task Publish(Func<int, int> customer)
    {
        var answer = await _connections.Next().Signals.PublishSignalsAsync(Batch(customer), _headers);
        if (answer.Results.FirstOrDefault(result => result.Outcome != SignalOutcome.Accepted) is { } refused)
        {
            throw new InvalidOperationException($"A signal of the benchmark was not accepted: {refused}");
        }
    }

    private PublishSignalsRequest Batch(Func<int, int> customer)
    {
        var last = Interlocked.Add(ref _sent, Size);
        return new PublishSignalsRequest
        {
            Signals = { Enumerable.Range(last - Size, Size).Select(signal => Signals.Message(customer(signal), $"new-{signal}", _from.AddSeconds(signal), signal % 5)) },
        };
    }
}
