using System.Collections.Concurrent;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Identities;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerContext.Silo.Tests.Identities;

/// <summary>Whose an identifier is, without a call of its grain: always what the grain would say, and never after the grain began to leave memory.</summary>
public sealed class ServedIdentityTests : IAsyncLifetime, IDisposable
{
    private const string Key = "k.1";

    private static readonly CustomerKey _ann = new($"{1:x32}");
    private static readonly CustomerKey _bob = new($"{2:x32}");

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly TempFolder _data = new();
    private readonly ConcurrentQueue<string> _calls = [];
    private GroupSilo _silo = null!;

    private IIdentityGrain Grain => _silo.Grains.GetGrain<IIdentityGrain>(Key);

    private int Questions => _calls.Count(name => name == nameof(IIdentityGrain.Get));

    public async Task InitializeAsync() =>
        _silo = await GroupSilo.Start(_data.Path, new FakeTime(), services => services.AddSingleton<IIncomingGrainCallFilter>(new Calls(_calls)));

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_AskedBefore_IsAnsweredWithoutTheGrainWhetherSomebodysOrNobodys(bool isSomebodys)
    {
        if (isSomebodys)
        {
            await Grain.Link(_ann, verified: true);
        }

        var first = await Find();
        var again = await Find();

        Assert.Same(first, again);
        Assert.Equal(isSomebodys ? _ann : null, IdentityRules.Resolve(again));
        Assert.Equal(1, Questions);
    }

    [Fact]
    public async Task Find_ItHasChanged_IsTheNewOwnerAtOnce()
    {
        Assert.Null(IdentityRules.Resolve(await Find()));

        Assert.Equal(_ann, (await Grain.Claim(_ann)).Value);
        Assert.Equal(_ann, IdentityRules.Resolve(await Find()));

        await Grain.Unlink(_ann);
        Assert.Null(IdentityRules.Resolve(await Find()));

        await Grain.Link(_bob, verified: true);
        Assert.Equal(_bob, IdentityRules.Resolve(await Find()));
        Assert.Equal(1, Questions);
    }

    [Fact]
    public async Task Find_TheGrainBeginsToLeaveMemory_AsksTheNextGrain()
    {
        await Grain.Link(_ann, verified: true);
        await Find();

        await Grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        Assert.Equal(_ann, IdentityRules.Resolve(await Find()));
        Assert.Equal(2, Questions);
        await Find();
        Assert.Equal(2, Questions);
    }

    [Fact]
    public async Task Find_NobodyKnowsWhetherAWriteLanded_AsksTheGrainWhichReadsAgain()
    {
        var writes = new LostWrites();
        await using var silo = await GroupSilo.Start(Path.Combine(_data.Path, "lost"), new FakeTime(), writes.Wrap);
        var grain = silo.Grains.GetGrain<IIdentityGrain>(Key);
        await grain.Link(_ann, verified: true);
        Assert.Equal(_ann, IdentityRules.Resolve(await silo.Identities.Find(Key)));

        writes.AreLost = true;
        await Assert.ThrowsAsync<StateUnavailableException>(() => grain.Unlink(_ann));
        writes.AreLost = false;

        // The write had landed, which the value before it does not know.
        Assert.Null(IdentityRules.Resolve(await silo.Identities.Find(Key)));
    }

    [Fact]
    public async Task Find_ForLongWithoutACall_KeepsTheGrainInMemory()
    {
        await Grain.Link(_ann, verified: true);
        await Find();
        _silo.Time.Advance(Limits.Grains.KeptEvery);

        await Find();
        await Find();

        await Grain.Claim(_ann);
        Assert.Equal(2, Questions);
    }

    [Fact]
    public async Task Find_NobodysThatIsAskedForAgain_StaysAndLeavesWhenItIsNot()
    {
        await Find();
        await Find();
        await NobodysTimer();
        await IsSetAgain();
        await Find();
        Assert.Equal(1, Questions);

        // The first finds that somebody asked, the second that nobody did.
        await NobodysTimer();
        await NobodysTimer();
        using var tooLong = new CancellationTokenSource(_longest);
        while (await InMemory() > 0)
        {
            tooLong.Token.ThrowIfCancellationRequested();
        }

        await Find();
        Assert.Equal(2, Questions);
    }

    private ValueTask<IdentityState> Find() => _silo.Identities.Find(Key);

    private async Task<int> InMemory() => (await _silo.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
        .Where(one => one.GrainType.Contains(nameof(IdentityGrain), StringComparison.Ordinal)).Sum(one => one.ActivationCount);

    private Task IsSetAgain() => _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Records.RefusedWrite);

    private async Task NobodysTimer()
    {
        await IsSetAgain();
        _silo.Time.Advance(Limits.Records.RefusedWrite);
    }

    /// <summary>A store whose writes land and then fail, while a test says so.</summary>
    private sealed class LostWrites
    {
        public bool AreLost { get; set; }

        public void Wrap(IServiceCollection services) => StoreBetween.Put(services, inner => new Storage(this, inner));

        private sealed class Storage(LostWrites writes, IGrainStorage inner) : IGrainStorage
        {
            public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

            public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Lose(inner.WriteStateAsync(stateName, grainId, grainState));

            public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Lose(inner.ClearStateAsync(stateName, grainId, grainState));

            private async Task Lose(Task write)
            {
                await write;
                if (writes.AreLost)
                {
                    throw new TimeoutException("The answer was lost.");
                }
            }
        }
    }

    private sealed class Calls(ConcurrentQueue<string> calls) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is IIdentityGrain)
            {
                calls.Enqueue(context.MethodName);
            }

            return context.Invoke();
        }
    }
}
