using CustomerContext.V1;
using Grpc.Net.Client;

namespace CustomerContext.Benchmarks.Load;

/// <summary>The generated clients over a few connections, which take turns.</summary>
internal sealed class Connections : IDisposable
{
    private const int Count = 4;

    private readonly GrpcChannel[] _channels;
    private readonly Clients[] _clients;
    private int _turn;

    public Connections(string address)
    {
        Address = address;
        _channels = [.. Enumerable.Range(0, Count).Select(_ => GrpcChannel.ForAddress(address))];
        _clients = [.. _channels.Select(channel => new Clients(
            new BaselineService.BaselineServiceClient(channel),
            new ContextService.ContextServiceClient(channel),
            new UnreadContexts(channel.CreateCallInvoker()),
            new SignalService.SignalServiceClient(channel),
            new ConsentService.ConsentServiceClient(channel)))];
    }

    /// <summary>Where they lead.</summary>
    public string Address { get; }

    /// <summary>The clients of the connection whose turn it is.</summary>
    public Clients Next() => _clients[(uint)Interlocked.Increment(ref _turn) % Count];

    public void Dispose()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }
    }
}

/// <summary>The clients of one connection.</summary>
internal sealed record Clients(
    BaselineService.BaselineServiceClient Baselines,
    ContextService.ContextServiceClient Contexts,
    UnreadContexts Unread,
    SignalService.SignalServiceClient Signals,
    ConsentService.ConsentServiceClient Consents);
