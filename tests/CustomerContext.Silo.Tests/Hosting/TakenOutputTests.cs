using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using CustomerContext.Domain;
using CustomerContext.Silo.Hosting;
using CustomerContext.Testing;
using Microsoft.AspNetCore.Connections;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>Whoever takes what is sent, however slowly, stays; whoever takes nothing goes.</summary>
public sealed class TakenOutputTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly long _least = (long)(Limits.Doors.AnswerBytesPerSecond * Limits.Doors.OutputStill.TotalSeconds);

    private readonly FakeTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly Pipe _sent = new(new PipeOptions(pauseWriterThreshold: 10, resumeWriterThreshold: 5));
    private readonly DefaultConnectionContext _connection = new();
    private long _taken;

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task FlushAsync_TakenAtTheLeastSpeedForMinutes_NotEndedUntilItIsTakenMoreSlowly()
    {
        var flush = Flush();
        for (var i = 0; i < 20; i++)
        {
            _taken += _least;
            _time.Advance(Limits.Doors.OutputStill);
            Assert.False(_connection.ConnectionClosed.IsCancellationRequested);
        }

        _taken += _least - 1;
        _time.Advance(Limits.Doors.OutputStill);

        await Ended();
        _sent.Reader.Complete();
        await flush;
    }

    [Fact]
    public async Task FlushAsync_DoneInTime_NotEndedAfterwards()
    {
        var flush = Flush();
        _sent.Reader.AdvanceTo((await _sent.Reader.ReadAsync()).Buffer.End);
        await flush;

        _time.Advance(2 * Limits.Doors.OutputStill);

        Assert.False(_connection.ConnectionClosed.IsCancellationRequested);
    }

    [Fact]
    public async Task Of_ASocket_WhatItsPeerHasAcknowledged()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var peer = new TcpClient();
        await peer.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var socket = await listener.AcceptSocketAsync();
        var before = TakenBytes.Of(socket);

        await socket.SendAsync(new byte[1_000]);
        await peer.GetStream().ReadExactlyAsync(new byte[1_000]);

        while (TakenBytes.Of(socket) - before < 1_000)
        {
            await Task.Yield();
        }

        Assert.Equal(1_000, TakenBytes.Of(socket) - before);
    }

    private Task<FlushResult> Flush()
    {
        var output = new TakenOutput(_sent.Writer, _connection, () => _taken, _time);
        var flush = output.WriteAsync(new byte[100]).AsTask();
        Assert.False(flush.IsCompleted);
        return flush;
    }

    private async Task Ended()
    {
        var ended = new TaskCompletionSource();
        await using var told = _connection.ConnectionClosed.Register(ended.SetResult);
        await ended.Task;
    }
}
