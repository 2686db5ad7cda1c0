using System.Diagnostics.Metrics;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Background;

/// <summary>What is told among grains is repeated until it arrives, and an operator hears of what does not.</summary>
public sealed class RepeatedWorkTests : IDisposable
{
    private const string Support = "service.support";

    private static readonly CustomerKey _me = new($"{1:x32}");
    private static readonly CustomerKey _fan = new($"{2:x32}");

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Publish_AFollowerCannotBeReached_LoggedOnceCountedEachTimeAndToldLater()
    {
        var before = await GroupSilo.Start(_data.Path);
        await before.SetPreferences(_me, false, Support);
        await before.SetPreferences(_fan, false, Support);
        await before.Publish(_fan, before.Tie(_me, TieKind.Follows));
        await before.Settled(_me, _fan);
        var clock = new FakeTime(before.Time.GetUtcNow() + TimeSpan.FromMilliseconds(370));
        await before.DisposeAsync();
        var (held, log) = (new HeldSlot(StoreNames.Ties), new LogLines());
        held.Instead = grain => grain.Key.ToString() == _fan.Value ? throw new InvalidOperationException("not to be read") : Task.CompletedTask;
        var silo = await GroupSilo.Start(_data.Path, clock, services =>
        {
            held.Wrap(services);
            log.Wrap(services);
        });
        using var failures = new Counted("customercontext.failures");

        await silo.Publish(_me, silo.Answer(5));
        await failures.Reach(1);
        await clock.TimerDueAt(clock.GetUtcNow() + Limits.Ties.FirstRetry);
        clock.Advance(Limits.Ties.FirstRetry);
        await failures.Reach(2);

        Assert.DoesNotContain(_fan.Value, Assert.Single(log.About("telling followers")), StringComparison.Ordinal);

        held.Instead = null;
        await clock.TimerDueAt(clock.GetUtcNow() + (2 * Limits.Ties.FirstRetry));
        clock.Advance(2 * Limits.Ties.FirstRetry);
        await silo.Settled(_me, _fan);
        Assert.Single((await silo.StoredNetwork(_fan, GroupKind.Followed, Support)).Members);
        await silo.DisposeAsync();
    }

    /// <summary>What a counter has counted in this process since this was made.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly SemaphoreSlim _counts = new(0);
        private int _reached;

        public Counted(string counter)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == counter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                if (tags[0].Value is "telling followers")
                {
                    _counts.Release();
                }
            });
            _listener.Start();
        }

        /// <summary>Done once it has counted so often.</summary>
        public async Task Reach(int count)
        {
            for (; _reached < count; _reached++)
            {
                Assert.True(await _counts.WaitAsync(TimeSpan.FromSeconds(20)), $"counted {_reached} times");
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
