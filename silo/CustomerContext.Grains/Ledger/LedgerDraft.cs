using System.Collections.Immutable;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Ledger;

/// <summary>One append being formed: the decisions of a batch, each on what the one before it left.</summary>
internal sealed class LedgerDraft(LedgerState? known, IEntropy entropy)
{
    private readonly ImmutableArray<LedgerEntry>.Builder _entries = ImmutableArray.CreateBuilder<LedgerEntry>(1);
    private ImmutableArray<LedgerEntry> _formed;
    private readonly ConsentState _before = known?.Consent ?? ConsentState.None;
    private ChainHead _head = known?.Head ?? ChainHead.Empty;

    /// <summary>Consent as the decisions so far leave it.</summary>
    public ConsentState Consent { get; private set; } = known?.Consent ?? ConsentState.None;

    /// <summary>The consent to write; absent if it did not change.</summary>
    public ConsentState? Changed => ReferenceEquals(Consent, _before) ? null : Consent;

    /// <summary>The entries to append, continuing the known chain. Nothing is added once they were asked for.</summary>
    public ImmutableArray<LedgerEntry> Entries => _formed.IsDefault ? _formed = _entries.DrainToImmutable() : _formed;

    /// <summary>True if a decision holds only under the consent that the store has now.</summary>
    public bool MustBeCurrent { get; private set; }

    /// <summary>The ledger once the draft is durable; absent while the customer has none.</summary>
    public LedgerState? Next => known is null && Entries.IsEmpty ? null : new LedgerState(Consent, _head);

    /// <summary>Adds what a decision leads to; gives the entry of its record.</summary>
    public LedgerEntry? Add<T>(LedgerStep<T> step)
    {
        Consent = step.Consent;
        MustBeCurrent |= step.MustBeCurrent;
        if (step.Record.IsDefault)
        {
            return null;
        }

        var entry = Chain.Append(_head, Consent.Epoch, step.Record, entropy.Bytes(Chain.SaltSize));
        _entries.Add(entry);
        _head = entry.Head;
        return entry;
    }
}
