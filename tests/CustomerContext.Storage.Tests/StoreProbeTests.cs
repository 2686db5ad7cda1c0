using CustomerContext.Domain;
using CustomerContext.Testing;

namespace CustomerContext.Storage.Tests;

/// <summary>The write of a health check.</summary>
public sealed class StoreProbeTests
{
    [Fact]
    public async Task Trouble_TheWriteHangs_ToldFromItsAgeAndNoSecondOneIsSent()
    {
        var time = new FakeTime();
        var notes = new HangingNotes();
        var probe = new StoreProbe(notes, new StoreStatus(), time);
        var first = probe.Trouble();
        await notes.First.Task;
        while (!first.IsCompleted)
        {
            time.Advance(Limits.Storage.HealthAnswer);
            await Task.Yield();
        }

        Assert.NotNull(await first);
        time.Advance(Limits.Storage.HealthKept);
        Assert.NotNull(await probe.Trouble());
        Assert.Equal(1, notes.Writes);

        notes.Written.SetResult();
        time.Advance(Limits.Storage.HealthKept);
        Assert.Null(await probe.Trouble());
        Assert.Equal(2, notes.Writes);
    }

    private sealed class HangingNotes : IStoreNotes
    {
        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Writes { get; private set; }

        public Task<string?> ReadAsync(string name) => Task.FromResult<string?>(null);

        public Task WriteAsync(string name, string text) => Task.CompletedTask;

        public Task<string> WriteOnceAsync(string name, string text) => Task.FromResult(text);

        public Task BeatAsync()
        {
            Writes++;
            First.TrySetResult();
            return Written.Task;
        }
    }
}
