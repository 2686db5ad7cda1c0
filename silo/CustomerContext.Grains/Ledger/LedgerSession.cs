using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Ledger;

/// <summary>
/// One customer's ledger as their grain uses it: a cache of consent, and one loop that turns what waits into one append. Everything that needs consent or a
/// record comes as a <em>decision</em>, a pure function of consent, which is made when its append is formed and made again if the append finds the ledger
/// changed. So nothing is answered but under the consent that the store had at that moment.
/// </summary>
/// <remarks>
/// Runs on the grain's own scheduler: no step overlaps another between awaits. Only <see cref="AppendLook"/> runs on any thread; what the two share is changed by whoever has the
/// <see cref="AppendTurn"/>.
/// </remarks>
internal sealed class LedgerSession(CustomerKey customer, ILedger ledger, IEntropy entropy, LedgerMetrics metrics)
{
    private const int Attempts = 4;

    private readonly Queue<IWaiting> _waiting = new();
    private readonly AppendTurn _turn = new();
    private TaskCompletionSource? _appended;
    private volatile LedgerState? _known;
    private (ConsentState Before, ConsentState After)? _unsettled;
    private volatile bool _isRead;
    private bool _isLoaded;
    private bool _isRunning;

    /// <summary>Called when consent has changed in the store, on the grain's scheduler, before anything is answered under it: after each append that changed it, and when the ledger is read anew and has more than was known.</summary>
    public Action<ConsentState>? ConsentChanged { get; set; }

    /// <summary>Called after that with consent before and after; the calls go on when it is done. If it fails, they fail, and it is called again before anything else is decided.</summary>
    public Func<ConsentState, ConsentState, Task>? Settle { get; set; }

    /// <summary>Consent as it was known last; absent before the first decision.</summary>
    public ConsentState? Latest => _isRead ? _known?.Consent ?? ConsentState.None : null;

    /// <summary>True once anything was appended by this session, or tried to.</summary>
    public bool HasAppended { get; private set; }

    /// <summary>Completes with the next append of this session.</summary>
    public Task Appended
    {
        get
        {
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _appended, next, null) ?? next).Task;
        }
    }

    /// <summary>Decides under the current consent and waits until what follows from it is durable.</summary>
    /// <param name="decision">Pure; it may be made more than once, and the last time counts.</param>
    /// <exception cref="LedgerUnavailableException">The store did not answer, or the outcome is unknown.</exception>
    public Task<Decided<T>> Decide<T>(Func<ConsentState, LedgerStep<T>> decision)
    {
        var waiting = new Waiting<T>(decision);
        _waiting.Enqueue(waiting);
        if (!_isRunning)
        {
            _ = AppendAll();
        }

        return waiting.Done;
    }

    /// <summary>
    /// Appends the record of a look without the grain: on any thread, under the consent that was known last, changing nothing but the chain. Its decision too is made when its append is formed, and the store
    /// takes it only if the ledger is what it was.
    /// </summary>
    /// <param name="decision">Pure: the record that the look leaves under this consent; default if the grain has to decide.</param>
    /// <returns>What is on record, durably; absent if nothing is, and the grain has to decide: it has the turn, consent is not known for sure, or it is another one.</returns>
    /// <exception cref="LedgerUnavailableException">The store did not answer, or the outcome is unknown.</exception>
    public async ValueTask<LedgerEntry?> AppendLook(Func<ConsentState, ImmutableArray<byte>> decision)
    {
        if (!_turn.TryTake())
        {
            return null;
        }

        var isKnown = true;
        try
        {
            if (!_isRead || _unsettled is not null || _known is not { } known || decision(known.Consent) is not { IsDefault: false } record)
            {
                return null;
            }

            var draft = new LedgerDraft(known, entropy);
            var entry = draft.Add(new LedgerStep<bool>(true, known.Consent, record));
            isKnown = false;
            if (!await Store(draft))
            {
                return null;
            }

            (_known, isKnown) = (draft.Next, true);
            Tell(draft);
            return entry;
        }
        finally
        {
            // As after any append that was not made, or of which nobody knows: the ledger must be read before anything else is decided.
            _isRead &= isKnown;
            _turn.End();
        }
    }

    private async Task AppendAll()
    {
        _isRunning = true;
        await _turn.Take();
        while (_waiting.Count > 0)
        {
            var batch = NextBatch();
            try
            {
                await Append(batch);
            }
            catch (Exception error)
            {
                // Whatever happened, the ledger must be read before anything else is decided.
                _isRead = false;
                batch.ForEach(waiting => waiting.Fail(error));
            }
        }

        _isRunning = false;
        _turn.End();
    }

    private List<IWaiting> NextBatch()
    {
        var batch = new List<IWaiting>(Math.Min(_waiting.Count, Limits.Ledger.BatchDecisions));
        while (batch.Count < Limits.Ledger.BatchDecisions && _waiting.TryDequeue(out var waiting))
        {
            batch.Add(waiting);
        }

        return batch;
    }

    private async Task Append(List<IWaiting> batch)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!_isRead)
            {
                var last = _known?.Consent;
                _known = await Read();
                _isRead = true;
                if (last is not null && _known?.Consent is { } found && found.Epoch != last.Epoch)
                {
                    // An append of which this session never heard whether it was made, or another writer's.
                    TakeOver(last, found);
                }
            }

            await SettleWhatIsLeft();
            var draft = new LedgerDraft(_known, entropy);
            batch.ForEach(waiting => waiting.DecideOn(draft));
            if (await Store(draft))
            {
                var before = _known?.Consent ?? ConsentState.None;
                _known = draft.Next;
                if (draft.Changed is { } changed)
                {
                    TakeOver(before, changed);
                    await SettleWhatIsLeft();
                }

                Tell(draft);
                batch.ForEach(waiting => waiting.Complete());
                return;
            }

            _isRead = false;
        }

        throw new LedgerUnavailableException("The ledger kept changing under its writer.");
    }

    /// <summary>A change is durable: open watches are decided again at once, the rest is settled before anything else is decided.</summary>
    private void TakeOver(ConsentState before, ConsentState changed)
    {
        _unsettled = (_unsettled?.Before ?? before, changed);
        ConsentChanged?.Invoke(changed);
    }

    /// <summary>Settles a durable change whose <see cref="Settle"/> has not returned yet. Nothing else is decided before, not even a repeat of that change.</summary>
    private async Task SettleWhatIsLeft()
    {
        if (_unsettled is { } left)
        {
            await (Settle?.Invoke(left.Before, left.After) ?? Task.CompletedTask);
            _unsettled = null;
        }
    }

    private void Tell(LedgerDraft draft)
    {
        if (!draft.Entries.IsEmpty)
        {
            Interlocked.Exchange(ref _appended, null)?.SetResult();
        }
    }

    /// <summary>True if the draft is durable, and was made under the consent that the store had.</summary>
    private async Task<bool> Store(LedgerDraft draft)
    {
        if (draft.Entries.IsEmpty)
        {
            return !draft.MustBeCurrent || (await Read())?.Version == _known?.Version;
        }

        using var span = Telemetry.Traces.StartActivity("ledger append");
        var begun = metrics.Begin();
        AppendOutcome? outcome = null;
        HasAppended = true;
        try
        {
            outcome = await ledger.AppendAsync(customer, _known?.Version, draft.Changed, draft.Entries);
            return outcome == AppendOutcome.Applied;
        }
        finally
        {
            metrics.Ended(begun, draft.Entries.Length, outcome);
        }
    }

    private async Task<LedgerState?> Read()
    {
        using var span = Telemetry.Traces.StartActivity("ledger read");
        // Only the first read waits with all that are being loaded. A change of consent, or a frame that is to leave, does not wait behind strangers.
        var found = _isLoaded ? await ledger.ReadAgainAsync(customer) : await ledger.ReadAsync(customer);
        _isLoaded = true;
        return found;
    }

    private interface IWaiting
    {
        void DecideOn(LedgerDraft draft);

        void Complete();

        void Fail(Exception error);
    }

    private sealed class Waiting<T>(Func<ConsentState, LedgerStep<T>> decision) : IWaiting
    {
        // Completed on the grain's own scheduler, where the caller goes on at once.
        private readonly TaskCompletionSource<Decided<T>> _done = new();
        private Decided<T> _result;

        public Task<Decided<T>> Done => _done.Task;

        public void DecideOn(LedgerDraft draft)
        {
            var step = decision(draft.Consent);
            _result = new Decided<T>(step.Result, draft.Add(step));
        }

        public void Complete() => _done.TrySetResult(_result);

        public void Fail(Exception error) => _done.TrySetException(error);
    }
}
