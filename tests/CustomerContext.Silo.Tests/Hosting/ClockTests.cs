using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Silo.Tests.Watches;
using CustomerContext.Storage;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>A silo whose clock is not that of its Redis answers nobody until they agree: silos whose clocks differ would end the same grant at different times, one of them too late.</summary>
public sealed class ClockTests : IAsyncLifetime, IDisposable
{
    private static readonly CustomerKey _ann = new($"{1:x32}");
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private readonly TempFolder _data = new();
    private readonly SetTime _clock = new();
    private readonly CancellationTokenSource _tooLong = new(_longest);
    private RedisServer _redis = null!;

    private static LookRequest Request { get; } = new(Watched.Read with { Facets = FacetSet.All }, "actor");

    public async Task InitializeAsync() => _redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");

    public Task DisposeAsync() => _redis.DisposeAsync().AsTask();

    public void Dispose()
    {
        _tooLong.Dispose();
        _data.Dispose();
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(6)]
    [InlineData(-6)]
    public async Task Clock_IsSetWrong_NobodyIsAnsweredFromMemoryOrStoreUntilItIsRight(int seconds)
    {
        await using var silo = await Start();
        await Watched.Make(silo, _ann);
        await silo.Customer(_ann).Look(Request);
        Assert.NotNull(await silo.Served.Look(_ann, Request));

        _clock.Ahead = TimeSpan.FromSeconds(seconds);
        await Until(() => silo.Trouble?.Contains("clocks of this machine and of its Redis", StringComparison.Ordinal) == true);

        Assert.Null(await Shown(silo));

        _clock.Ahead = TimeSpan.Zero;
        await Until(() => silo.Trouble is null);
        Assert.NotNull(await Shown(silo));
    }

    [Fact]
    public async Task Clock_IsAFewSecondsOff_IsAllowed()
    {
        _clock.Ahead = TimeSpan.FromSeconds(4);

        await using var silo = await Start();

        await Watched.Make(silo, _ann);
        Assert.NotNull((await silo.Customer(_ann).Look(Request)).Value);
    }

    [Fact]
    public async Task Start_TheClockIsAnHourOff_IsRefusedAndSaysWhatToDo()
    {
        _clock.Ahead = TimeSpan.FromHours(-1);

        var refused = await Assert.ThrowsAsync<StorageStartException>(Start);

        Assert.Contains("differ by more than a few seconds, so grants would begin and end at the wrong time. Set the clocks", refused.Message, StringComparison.Ordinal);
    }

    private Task<GroupSilo> Start() => GroupSilo.Start(_data.Path, _clock, _ => { }, "--redis", _redis.EndPoint);

    /// <summary>What a look shows; absent if it is refused or not answered.</summary>
    private static async Task<LookAnswer?> Shown(GroupSilo silo)
    {
        try
        {
            return await silo.Served.Look(_ann, Request) ?? (await silo.Customer(_ann).Look(Request)).Value;
        }
        catch (LedgerUnavailableException)
        {
            return null;
        }
    }

    private async Task Until(Func<bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isSo())
        {
            await timer.WaitForNextTickAsync(_tooLong.Token);
        }
    }

    /// <summary>A calendar that somebody sets, over timers that run as ever.</summary>
    private sealed class SetTime : TimeProvider
    {
        private long _ahead;

        public TimeSpan Ahead
        {
            get => new(Interlocked.Read(ref _ahead));
            set => Interlocked.Exchange(ref _ahead, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
