using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.OrleansTestsTests;

internal interface ILifetimeGrain : IGrainWithStringKey
{
    Task<int> Number();

    Task End();

    Task<string> Injected();
}

/// <summary>How often grains began, and whether the next one shall fail.</summary>
internal sealed class Births
{
    private int _count;

    public bool NextFails { get; set; }

    public int Next()
    {
        var number = Interlocked.Increment(ref _count);
        if (NextFails)
        {
            NextFails = false;
            throw new InvalidOperationException("stillborn");
        }

        return number;
    }
}

internal sealed class LifetimeGrain(Births births, Signals signals, [FromKeyedServices("word")] string word) : Grain, ILifetimeGrain, IDisposable
{
    private int _number;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        _number = births.Next();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        signals.Note($"{_number} ended: {reason.ReasonCode}");
    }

    public Task<int> Number() => Task.FromResult(_number);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<string> Injected() => Task.FromResult(word);

    public void Dispose() => signals.Note($"{_number} disposed");
}
