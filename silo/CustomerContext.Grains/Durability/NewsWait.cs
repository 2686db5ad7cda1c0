using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Durability;

/// <summary>A grain whose calls may wait for news.</summary>
public interface IWaitsForNews : IGrainBase;

/// <summary>
/// How a call waits for news. A grain leaves memory only when no call of it runs any more, and until then all others for the same customer wait too, whichever silo they ask. So nobody waits at a silo that
/// stops, nor at a grain that is to leave: Orleans lets a grain go also when another silo stops, at which it was registered.
/// </summary>
public sealed class NewsWait(TimeProvider time, IHostApplicationLifetime lifetime) : IActivationWorkingSetObserver
{
    /// <summary>For each activation of a grain: cancelled once it is to leave.</summary>
    private readonly ConditionalWeakTable<object, CancellationTokenSource> _leaving = [];

    /// <summary>Cancelled once this silo stops.</summary>
    public CancellationToken Leaving => lifetime.ApplicationStopping;

    /// <summary>Waits until <paramref name="news"/> is done or <paramref name="atMost"/> has passed; not at all if that is not above zero.</summary>
    /// <param name="grain">Whose call this is; it is given up by a silo that stops, so that another one can have it.</param>
    /// <param name="news">Done when there may be news.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="left">The reader has left.</param>
    /// <exception cref="SiloLeavingException">The grain leaves this silo.</exception>
    /// <exception cref="OperationCanceledException">The reader has left.</exception>
    public async Task Until(IWaitsForNews grain, Task news, TimeSpan atMost, CancellationToken left)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(left, lifetime.ApplicationStopping, LeavingOf(grain.GrainContext).Token);
        try
        {
            await news.WaitAsync(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, time, over.Token);
        }
        catch (TimeoutException)
        {
            // Time alone may have changed what there is to tell.
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            grain.DeactivateOnIdle();
            throw new SiloLeavingException();
        }
    }

    /// <summary>Refuses what would wait here for long.</summary>
    /// <exception cref="SiloLeavingException">This silo stops.</exception>
    public void ThrowIfLeaving(IWaitsForNews grain)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            grain.DeactivateOnIdle();
            throw new SiloLeavingException();
        }
    }

    /// <summary>Called before the grain waits for its calls to end, whatever makes it leave.</summary>
    void IActivationWorkingSetObserver.OnDeactivating(IActivationWorkingSetMember member)
    {
        // All kinds of grains come by here, and most never wait.
        if (member is IGrainContext { GrainInstance: IWaitsForNews })
        {
            _ = LeavingOf(member).CancelAsync();
        }
    }

    private CancellationTokenSource LeavingOf(object activation) => _leaving.GetValue(activation, static _ => new CancellationTokenSource());
}
