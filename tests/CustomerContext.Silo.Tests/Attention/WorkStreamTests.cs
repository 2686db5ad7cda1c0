using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Queues;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.Testing;
using CustomerContext.V1;
using Orleans.Runtime;
using AttentionKind = CustomerContext.Domain.Attention.AttentionKind;
using Work = CustomerContext.Domain.Attention.Work;
using WorkResult = CustomerContext.Domain.Attention.WorkResult;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>What a watch of a queue pushes, of parts that the test changes.</summary>
public sealed class WorkStreamTests
{
    private static readonly Purpose _support = new("service.support");

    private readonly FakeTime _time = new();
    private readonly Part[] _parts = [new(), new(), new()];

    [Fact]
    public async Task Messages_TheBeginning_IsInTheOrderOfTheQueueWhateverPartAnswersFirst()
    {
        using var stop = new CancellationTokenSource();
        var messages = Messages(stop.Token);
        var first = messages.MoveNextAsync().AsTask();
        _parts[2].Set(Waits("c", 3), Waits("f", 6));
        _parts[1].Set(Waits("b", 2), Waits("e", 5));
        Assert.False(first.IsCompleted);
        _parts[0].Set(Waits("a", 1), Waits("d", 4));

        Assert.True(await first);
        var told = new List<string> { messages.Current.Message.Work.WorkId };
        while (told.Count < 6)
        {
            Assert.True(await messages.MoveNextAsync());
            told.Add(messages.Current.Message.Work.WorkId);
        }

        Assert.Equal(["f", "e", "d", "c", "b", "a"], told);
        await stop.CancelAsync();
    }

    [Theory]
    [InlineData("since")]
    [InlineData("due")]
    [InlineData("claimed by")]
    [InlineData("claimed until")]
    [InlineData("channel")]
    public async Task Messages_LeftAndCameBackWithTheSameVersion_IsToldAnew(string what)
    {
        using var stop = new CancellationTokenSource();
        var messages = Messages(stop.Token);
        var now = _time.GetUtcNow();
        var work = Waits("a", 1) with { Version = 2, Claim = new WorkClaim("ada", now.AddHours(1)), Deadline = Due(1) };
        _parts[0].Set(work);
        _parts[1].Set();
        _parts[2].Set();
        Assert.True(await messages.MoveNextAsync());

        _parts[0].Set(what switch
        {
            "since" => work with { Since = now.AddMinutes(-1) },
            "due" => work with { Deadline = Due(2) },
            "claimed by" => work with { Claim = new WorkClaim("ben", now.AddHours(1)) },
            "claimed until" => work with { Claim = new WorkClaim("ada", now.AddHours(2)) },
            _ => work with { Channel = "chat" },
        });

        Assert.True(await messages.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("a", messages.Current.Message.Work.WorkId);
        await stop.CancelAsync();

        Deadline Due(int hours) => new(null, now.AddHours(hours), null);
    }

    private IAsyncEnumerator<Pushed<WatchWorkResponse>> Messages(CancellationToken stop) =>
        new WorkStream([.. _parts], new WorkFilter(_support, [], null), _time).Messages(stop).GetAsyncEnumerator(CancellationToken.None);

    private Work Waits(string id, int hours) =>
        new(id, new CustomerKey("aa"), AttentionKind.Question, "forum", _time.GetUtcNow().AddHours(-hours), null, [new GrantedPurpose(_support, DateTimeOffset.MaxValue)]);

    /// <summary>A part that is what the test says, each time as another value.</summary>
    private sealed class Part : IWorkQueueGrain
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private NumberedWork? _value;

        public void Set(params Work[] works)
        {
            lock (_lock)
            {
                _value = new NumberedWork((_value?.Number ?? 0) + 1, new WorkShard([.. works]));
                _changed.SetResult();
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public async Task<NumberedWork> Next(long known, CancellationToken left = default)
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (_value is { } value && value.Number != known)
                    {
                        return value;
                    }

                    changed = _changed.Task;
                }

                await changed.WaitAsync(left);
            }
        }

        public Task<bool> Put(CustomerKey customer, long order, ImmutableArray<Work> works, bool isGranted) => throw new NotSupportedException();

        public Task<ImmutableArray<Work>> List(WorkFilter filter, WorkPlace? after, int most) => throw new NotSupportedException();

        public Task<Outcome<ClaimedWork>> Claim(WorkCommand command, DateTimeOffset until, LookRequest look, TimeSpan left) => throw new NotSupportedException();

        public Task<Outcome<Work>> Complete(WorkCommand command, WorkResult result) => throw new NotSupportedException();

        public Task<Outcome<Work>> HandOver(WorkCommand command, bool isUp) => throw new NotSupportedException();

        public Task<int> TellAgain(DateTimeOffset from) => throw new NotSupportedException();

        public Task ReceiveReminder(string reminderName, TickStatus status) => throw new NotSupportedException();
    }
}
