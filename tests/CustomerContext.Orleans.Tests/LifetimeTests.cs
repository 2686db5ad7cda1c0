using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerContext.OrleansTestsTests;

public sealed class LifetimeTests
{
    [Fact]
    public async Task FirstCalls_AllAtOnce_OneActivation()
    {
        await using var silo = await Start();
        var numbers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => silo.Grain<ILifetimeGrain>().Number())));
        Assert.All(numbers, number => Assert.Equal(1, number));
    }

    [Fact]
    public async Task Activation_Fails_CallFailsAndTheNextTriesAnew()
    {
        await using var silo = await Start();
        silo.Services.GetRequiredService<Births>().NextFails = true;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grain<ILifetimeGrain>().Number());
        Assert.Equal("stillborn", error.Message);
        Assert.Equal(2, await silo.Grain<ILifetimeGrain>().Number());
    }

    [Fact]
    public async Task DeactivateOnIdle_Called_NextCallFindsANewActivation()
    {
        await using var silo = await Start();
        var grain = silo.Grain<ILifetimeGrain>();
        Assert.Equal(1, await grain.Number());
        await grain.End();
        Assert.Equal(2, await grain.Number());
        Assert.Equal(["1 ended: ApplicationRequested", "1 disposed"], silo.Signals.Log);
    }

    [Fact]
    public async Task Calls_WhileActivationsEnd_AllAnswered()
    {
        await using var silo = await Start();
        var grain = silo.Grain<ILifetimeGrain>();
        for (var round = 0; round < 20; round++)
        {
            var calls = Enumerable.Range(0, 10).Select(_ => Task.Run(() => grain.Number())).ToArray();
            await grain.End();
            Assert.All(await Task.WhenAll(calls), number => Assert.InRange(number, 1, 1 + round + 1));
        }
    }

    [Fact]
    public async Task Activation_NotUsed_EndsAsIdle()
    {
        await using var silo = await Start(builder => builder.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
            options.CollectionAge = TimeSpan.FromMilliseconds(300);
        }));
        await silo.Grain<ILifetimeGrain>().Number();
        await silo.Signals.When("1 ended: ActivationIdle");
        Assert.Equal(2, await silo.Grain<ILifetimeGrain>().Number());
    }

    [Fact]
    public async Task Host_Stops_ActivationsSayFarewell()
    {
        await using var silo = await Start();
        await silo.Grain<ILifetimeGrain>().Number();
        await silo.Stop();
        Assert.Equal(["1 ended: ShuttingDown", "1 disposed"], silo.Signals.Log);
    }

    [Fact]
    public async Task Constructor_KeyedService_IsInjected()
    {
        await using var silo = await Start();
        Assert.Equal("hello", await silo.Grain<ILifetimeGrain>().Injected());
    }

    private static Task<TestSilo> Start(Action<ISiloBuilder>? configure = null) => TestSilo.Start(builder =>
    {
        builder.Services.AddSingleton<Births>();
        builder.Services.AddKeyedSingleton("word", "hello");
        configure?.Invoke(builder);
    });
}
