using System.Buffers.Binary;
using System.IO.Pipelines;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Tests.Access;

namespace CustomerContext.Silo.Tests.Api;

/// <summary>A message of a stream has its place before it is read, and a silent stream has none.</summary>
public sealed class TimedBodyTests : IDisposable
{
    private readonly Pipe _sent = new();
    private readonly List<long> _asked = [];
    private readonly TaskCompletionSource _hasRoom = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CallsInHand _inHand = new(Metrics.New());
    private readonly TimedBody _body;

    public TimedBodyTests() => _body = new TimedBody(_sent.Reader, TimeSpan.FromMinutes(1), Enter, () => { }, TimeProvider.System);

    public void Dispose() => _body.Dispose();

    [Fact]
    public async Task ReadAsync_TheHeadOfAMessage_GivenOnWhenItHasAPlaceOfItsBytes()
    {
        await Send(Limits.Requests.MessageBytes, 10);
        var read = _body.ReadAsync().AsTask();
        Assert.Equal([Limits.Requests.MessageBytes], _asked);
        Assert.False(read.IsCompleted);

        _hasRoom.SetResult();
        var head = await read;
        _body.AdvanceTo(head.Buffer.Start, head.Buffer.End);

        await _sent.Writer.WriteAsync(new byte[20]);
        _body.AdvanceTo((await _body.ReadAsync()).Buffer.End);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task ReadAsync_TwoMessagesAtOnce_EachAPlaceWhenItIsRead()
    {
        _hasRoom.SetResult();
        await Send(10, 10);
        await Send(20, 20);

        var first = await _body.ReadAsync();
        using (_body.TakePlace())
        {
            _body.AdvanceTo(first.Buffer.GetPosition(15));
        }

        Assert.Equal([10], _asked);
        _body.AdvanceTo((await _body.ReadAsync()).Buffer.End);
        Assert.Equal([10, 20], _asked);
    }

    [Fact]
    public async Task ReadAsync_LessThanAHead_NoPlaceYet()
    {
        await _sent.Writer.WriteAsync(new byte[4]);
        var read = await _body.ReadAsync();

        Assert.Empty(_asked);
        Assert.Throws<InvalidOperationException>(_body.TakePlace);
        _body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
    }

    [Fact]
    public async Task ReadAsync_AMessageLargerThanAnyMayBe_APlaceOfTheLargest()
    {
        _hasRoom.SetResult();
        await Send(-1, 0);
        _body.AdvanceTo((await _body.ReadAsync()).Buffer.End);

        Assert.Equal([Limits.Requests.MessageBytes], _asked);
    }

    private async ValueTask<Place> Enter(long bytes, CancellationToken left)
    {
        _asked.Add(bytes);
        await _hasRoom.Task;
        return _inHand.Enter(new CustomerCaller("", "", null, null, []) { Until = DateTimeOffset.MaxValue }, LoadKind.Call, 1)!;
    }

    private async Task Send(int saidBytes, int bytes)
    {
        var message = new byte[5 + bytes];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), saidBytes);
        await _sent.Writer.WriteAsync(message);
    }
}
