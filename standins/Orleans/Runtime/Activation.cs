using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>
/// One grain in memory. Calls wait in a queue and start one at a time; in a <c>[Reentrant]</c> grain the next may start while earlier ones wait for
/// something. All of the grain's code runs on <see cref="Scheduler"/>.
/// </summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock _lock = new();
    private readonly Queue<Turn> _waiting = new();
    private Queue<Turn>? _interleaving;
    private readonly GrainClass _class;
    private AsyncServiceScope _scope;
    private Stage _stage;
    private bool _pumpPosted;
    private bool _startingOrEnding;
    private bool _blocked;
    private int _running;
    private long _lastUse;

    public Activation(Silo silo, GrainClass grainClass, GrainId id)
    {
        Silo = silo;
        _class = grainClass;
        GrainId = id;
        Scheduler = new ActivationScheduler(this);
        _lastUse = silo.Time.GetTimestamp();
    }

    private enum Stage
    {
        New,
        Activating,
        Valid,
        Deactivating,
        Gone,
    }

    /// <summary>The activation whose code is running; null outside grains.</summary>
    public static Activation? Current => (TaskScheduler.Current as ActivationScheduler)?.Activation;

    public Silo Silo { get; }

    public GrainId GrainId { get; }

    public ActivationScheduler Scheduler { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    private bool MayStartWaiting => _class.IsReentrant || !_blocked;

    /// <summary>Queues a turn; false if this activation has ended.</summary>
    public bool Receive(Turn turn)
    {
        lock (_lock)
        {
            if (_stage == Stage.Gone)
            {
                return false;
            }

            (turn.Interleaves ? _interleaving ??= new Queue<Turn>() : _waiting).Enqueue(turn);
            if (!TryClaimPump_NeedsLock())
            {
                return true;
            }
        }

        Scheduler.Post(Pump);
        return true;
    }

    /// <summary>Starts what may start. Runs on the scheduler.</summary>
    private void Pump()
    {
        int rounds;
        lock (_lock)
        {
            _pumpPosted = false;
            rounds = _waiting.Count + (_interleaving?.Count ?? 0);
            if (BeginStageChange_NeedsLock() is { } change)
            {
                _startingOrEnding = true;
                _ = change();
                return;
            }
        }

        // Not more than were there, so that continuations get their share under load.
        while (rounds-- > 0 && Next() is { } turn)
        {
            Start(turn);
        }

        PostPumpIfUseful();
    }

    private Turn? Next()
    {
        lock (_lock)
        {
            if (_stage != Stage.Valid)
            {
                return null;
            }

            if (_interleaving is not null && _interleaving.TryDequeue(out var turn))
            {
                return turn;
            }

            return MayStartWaiting && _waiting.TryDequeue(out turn) ? turn : null;
        }
    }

    private void Start(Turn turn)
    {
        if (turn.IsAbandoned)
        {
            return;
        }

        _running++;
        _blocked |= !turn.Interleaves;
        Task outcome;
        try
        {
            outcome = turn.Run(this) ?? throw new InvalidOperationException($"A method of {GrainId.Type} returned no task.");
        }
        catch (Exception error)
        {
            outcome = Task.FromException(error);
        }

        if (outcome.IsCompleted)
        {
            Finish(turn, outcome);
        }
        else
        {
            _ = FinishLater(turn, outcome);
        }
    }

    private async Task FinishLater(Turn turn, Task outcome)
    {
        await outcome.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Finish(turn, outcome);
        PostPumpIfUseful();
    }

    private void Finish(Turn turn, Task outcome)
    {
        if (outcome.Exception?.InnerException is InconsistentStateException { IsSourceActivation: true } stale)
        {
            stale.IsSourceActivation = false;
            Deactivate(new(DeactivationReasonCode.ApplicationError, stale, "The grain's state was stale."));
        }

        if (turn.KeepsAlive)
        {
            Volatile.Write(ref _lastUse, Silo.Time.GetTimestamp());
        }

        _blocked &= turn.Interleaves;
        Volatile.Write(ref _running, _running - 1);
        turn.Finish(outcome);
    }

    private void PostPumpIfUseful()
    {
        lock (_lock)
        {
            var useful = _stage == Stage.Valid
                ? (_waiting.Count > 0 && MayStartWaiting) || _interleaving is { Count: > 0 }
                : _stage == Stage.Deactivating && _running == 0 && !_startingOrEnding;
            if (!useful || !TryClaimPump_NeedsLock())
            {
                return;
            }
        }

        Scheduler.Post(Pump);
    }

    private bool TryClaimPump_NeedsLock()
    {
        var claimed = !_pumpPosted && !_startingOrEnding;
        _pumpPosted |= claimed;
        return claimed;
    }
}
