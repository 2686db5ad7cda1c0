using System.Collections.Immutable;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage;

/// <summary>An append as the stores see it, checked: the mistakes that it refuses are a grain's, not a user's.</summary>
internal sealed record LedgerAppend
{
    /// <exception cref="ArgumentException">Consent or entries do not follow <paramref name="expected"/>.</exception>
    public LedgerAppend(LedgerVersion? expected, ConsentState? consent, ImmutableArray<LedgerEntry> entries)
    {
        if (entries.IsDefaultOrEmpty)
        {
            throw new ArgumentException("An append has entries.", nameof(entries));
        }

        for (var index = 0; index < entries.Length; index++)
        {
            if (entries[index].Sequence != (expected?.Sequence ?? 0) + 1 + index)
            {
                throw new ArgumentException("Entries are numbered from the expected sequence on.", nameof(entries));
            }
        }

        if (consent is null ? expected is null : consent.Epoch <= (expected?.Epoch ?? 0))
        {
            throw new ArgumentException("A new ledger has consent, and changed consent a new epoch.", nameof(consent));
        }

        (Expected, Consent, Entries) = (expected, consent, entries);
    }

    /// <summary>The version that the ledger must be at; absent if there must be none.</summary>
    public LedgerVersion? Expected { get; }

    /// <summary>The consent to write; absent if it stays.</summary>
    public ConsentState? Consent { get; }

    /// <summary>The entries to add.</summary>
    public ImmutableArray<LedgerEntry> Entries { get; }

    /// <summary>The version afterwards.</summary>
    public LedgerVersion Next => new(Consent?.Epoch ?? Expected!.Value.Epoch, Head.Sequence);

    /// <summary>The head of the chain afterwards.</summary>
    public ChainHead Head => Entries[^1].Head;
}
