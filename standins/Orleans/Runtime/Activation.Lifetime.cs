using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HashSet<GrainTimer>? _timers;
    private DeactivationReason _reason;
    private CancellationToken _hurry;
    private DateTimeOffset _keepUntil;
    private bool _wasValid;

    public Task Deactivated => _deactivated.Task;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_stage is Stage.Deactivating or Stage.Gone)
            {
                return;
            }

            _wasValid = _stage == Stage.Valid;
            _stage = Stage.Deactivating;
            _reason = deactivationReason;
            _hurry = cancellationToken;
        }

        PostPumpIfUseful();
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (_lock)
        {
            _keepUntil = timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue
                : timeSpan <= TimeSpan.Zero ? DateTimeOffset.MinValue
                : Silo.Time.GetUtcNow() + timeSpan;
        }
    }

    /// <summary>Ends this activation if it has not been used for its class's age.</summary>
    public void DeactivateIfIdle()
    {
        lock (_lock)
        {
            if (_stage != Stage.Valid || Volatile.Read(ref _running) > 0 || _waiting.Count > 0 || _keepUntil > Silo.Time.GetUtcNow()
                || Silo.Time.GetElapsedTime(Volatile.Read(ref _lastUse)) < _class.CollectionAge)
            {
                return;
            }
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, "Activation has become idle."));
    }

    public void Keep(GrainTimer timer)
    {
        lock (_lock)
        {
            (_timers ??= []).Add(timer);
        }
    }

    public void Forget(GrainTimer timer)
    {
        lock (_lock)
        {
            _timers?.Remove(timer);
        }
    }

    private Func<Task>? BeginStageChange_NeedsLock()
    {
        if (_stage == Stage.New)
        {
            _stage = Stage.Activating;
            return Activate;
        }

        return _stage == Stage.Deactivating && _running == 0 ? () => End(null) : null;
    }

    private async Task Activate()
    {
        Exception? failure = null;
        try
        {
            using var limit = new CancellationTokenSource(Silo.Collection.ActivationTimeout);
            _scope = Silo.ServiceProvider.CreateAsyncScope();
            (GrainInstance, var slots) = _class.Create(this);
            await Task.WhenAll(slots.Select(slot => slot.ReadStateAsync())).WaitAsync(limit.Token);
            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception error)
        {
            failure = error;
            Deactivate(new(DeactivationReasonCode.ActivationFailed, error, "Failed to activate grain."));
            Silo.Log.ActivationFailed(error, GrainId.Type);
        }

        lock (_lock)
        {
            if (_stage == Stage.Activating)
            {
                _stage = Stage.Valid;
            }

            _startingOrEnding = _stage != Stage.Valid;
        }

        if (_startingOrEnding)
        {
            await End(failure);
        }
        else
        {
            PostPumpIfUseful();
        }
    }

    private async Task End(Exception? failure)
    {
        StopTimers();
        if (_wasValid && GrainInstance is IGrainBase grain)
        {
            await Farewell(grain);
        }

        Silo.Catalog.Remove(this);
        List<Turn> left;
        lock (_lock)
        {
            _stage = Stage.Gone;
            left = [.. _waiting];
        }

        await Silo.Log.Try(() => GrainClass.DisposeInstance(GrainInstance), GrainId.Type);
        await Silo.Log.Try(_scope.DisposeAsync, GrainId.Type);
        _deactivated.SetResult();
        foreach (var turn in left)
        {
            if (failure is null)
            {
                Silo.Catalog.Forward(GrainId, turn);
            }
            else
            {
                turn.Reject(failure);
            }
        }
    }

    private async Task Farewell(IGrainBase grain)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_hurry);
        limit.CancelAfter(Silo.Collection.DeactivationTimeout);
        await Silo.Log.Try(() => new ValueTask(grain.OnDeactivateAsync(_reason, limit.Token).WaitAsync(limit.Token)), GrainId.Type);
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_lock)
        {
            timers = [.. _timers ?? []];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }
}
