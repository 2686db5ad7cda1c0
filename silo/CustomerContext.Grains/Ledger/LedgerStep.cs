using System.Collections.Immutable;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Ledger;

/// <summary>What a decision leads to.</summary>
/// <param name="Result">What the caller gets once the rest is durable.</param>
/// <param name="Consent">Consent after it; the same object if it does not change.</param>
/// <param name="Record">What goes on record (<see cref="DisclosureRecord.ToBytes"/>); default if nothing does.</param>
/// <param name="MustBeCurrent">True if the store must confirm that consent is what it was, even where nothing is written.</param>
internal readonly record struct LedgerStep<T>(T Result, ConsentState Consent, ImmutableArray<byte> Record = default, bool MustBeCurrent = false);

/// <summary>A decision that stands.</summary>
/// <param name="Result">Its result.</param>
/// <param name="Entry">What is now on record of it; absent if nothing is.</param>
internal readonly record struct Decided<T>(T Result, LedgerEntry? Entry);
