using System.Net;
using CustomerContext.Domain;
using CustomerContext.Silo.Hosting;
using Microsoft.AspNetCore.Connections;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>The limits of the HTTP door at them and one past them, without two thousand sockets.</summary>
public sealed class ConnectionLimitTests
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstLeaves = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _letIn;

    [Fact]
    public async Task Before_HttpConnectionsOfManyAddressesAtTheLimitAndOnePast_TheLastOneIsClosed()
    {
        var door = Door(new ConnectionLimit(Limits.Doors.HttpConnections, Limits.Doors.ConnectionsPerAddress));
        var open = Enumerable.Range(0, Limits.Doors.HttpConnections).Select(number => Connect(door, number, isFirst: number == 0)).ToArray();
        Assert.Equal(Limits.Doors.HttpConnections, _letIn);

        await Connect(door, 60_000, isFirst: false);
        Assert.Equal(Limits.Doors.HttpConnections, _letIn);

        // Whoever leaves makes room.
        _firstLeaves.SetResult();
        await open[0];
        var next = Connect(door, 60_001, isFirst: false);
        Assert.Equal(Limits.Doors.HttpConnections + 1, _letIn);

        _over.SetResult();
        await Task.WhenAll([.. open, next]);
    }

    [Fact]
    public async Task Before_ConnectionsOfOneAddressAtTheLimitAndOnePast_TheLastOneIsClosed()
    {
        var door = Door(new ConnectionLimit(Limits.Doors.HttpConnections, Limits.Doors.ConnectionsPerAddress));
        var open = Enumerable.Range(0, Limits.Doors.ConnectionsPerAddress).Select(_ => Connect(door, 7, isFirst: false)).ToArray();
        Assert.Equal(Limits.Doors.ConnectionsPerAddress, _letIn);

        await Connect(door, 7, isFirst: false);
        Assert.Equal(Limits.Doors.ConnectionsPerAddress, _letIn);

        var other = Connect(door, 8, isFirst: false);
        Assert.Equal(Limits.Doors.ConnectionsPerAddress + 1, _letIn);
        _over.SetResult();
        await Task.WhenAll([.. open, other]);
    }

    /// <summary>Lets connections in that stay until the test is over; the first may leave before.</summary>
    private ConnectionDelegate Door(ConnectionLimit limit) => limit.Before(async connection =>
    {
        _letIn++;
        await (connection.ConnectionId == "first" ? _firstLeaves : _over).Task;
    });

    private static Task Connect(ConnectionDelegate door, int address, bool isFirst) => door(new DefaultConnectionContext
    {
        ConnectionId = isFirst ? "first" : "",
        RemoteEndPoint = new IPEndPoint(new IPAddress([10, 1, (byte)(address >> 8), (byte)address]), 1),
    });
}
