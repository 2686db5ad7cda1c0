using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>Something taken back. It is noted outside the store as well, so that a store brought back from a backup does not bring it back.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Grant">Which grant; absent unless it is about one.</param>
[GenerateSerializer, Immutable, Alias("Withdrawal")]
public readonly record struct Withdrawal([property: Id(0)] WithdrawalKind Kind, [property: Id(1)] GrantId? Grant = null);

/// <summary>What was taken back.</summary>
public enum WithdrawalKind
{
    /// <summary>A grant: revoked, narrowed, or ended with its call.</summary>
    Grant = 1,

    /// <summary>One or more of the other yeses.</summary>
    Preferences,

    /// <summary>Everything was paused.</summary>
    Paused,

    /// <summary>The pause was lifted.</summary>
    Resumed,

    /// <summary>Everything was erased.</summary>
    Erased,
}

/// <summary>What a change of consent takes back, and how to take it back again from consent that is older than that.</summary>
public static class WithdrawalRules
{
    /// <summary>What <paramref name="after"/> takes back of <paramref name="before"/>.</summary>
    public static ImmutableArray<Withdrawal> Between(ConsentState before, ConsentState after)
    {
        if (after.ErasedAt is not null)
        {
            return before.ErasedAt is null ? [new Withdrawal(WithdrawalKind.Erased)] : [];
        }

        var withdrawn = ImmutableArray.CreateBuilder<Withdrawal>();
        foreach (var grant in after.Grants)
        {
            if (before.Find(grant.Id) is { } old && !ReferenceEquals(old, grant) && TakesBack(old, grant))
            {
                withdrawn.Add(new Withdrawal(WithdrawalKind.Grant, grant.Id));
            }
        }

        if (TakesBack(before.Preferences, after.Preferences))
        {
            withdrawn.Add(new Withdrawal(WithdrawalKind.Preferences));
        }

        if (before.PausedAt is null != after.PausedAt is null)
        {
            withdrawn.Add(new Withdrawal(after.PausedAt is null ? WithdrawalKind.Resumed : WithdrawalKind.Paused));
        }

        return withdrawn.ToImmutable();
    }

    /// <summary>
    /// What a step that changes nothing may be the repeat of. A repeat of what only gave is not told from one that took back: noting too much costs a yes if an older copy
    /// of the store is brought back, noting too little would revive what was withdrawn.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="kind">What the command takes back where it takes something back.</param>
    public static ImmutableArray<Withdrawal> Repeated(ConsentStep step, WithdrawalKind kind) => kind switch
    {
        WithdrawalKind.Grant => step.Grant is { } grant ? [new Withdrawal(WithdrawalKind.Grant, grant.Id)] : [],
        WithdrawalKind.Paused when step.State.PausedAt is null => [],
        WithdrawalKind.Resumed when step.State.PausedAt is not null => [],
        _ => [new Withdrawal(kind)],
    };

    /// <summary>
    /// Takes it back again. Where only a part was taken back the whole is: nobody knows any more what the rest was, and the customer can give it anew.
    /// </summary>
    public static ConsentStep Repeat(ConsentState state, Withdrawal withdrawal, DateTimeOffset now) => withdrawal switch
    {
        _ when state.ErasedAt is not null => new ConsentStep(state, null),
        { Kind: WithdrawalKind.Erased } => ConsentRules.Erase(state, now),
        { Kind: WithdrawalKind.Grant, Grant: { } id } when state.Find(id) is { RevokedAt: null } grant && now < grant.Until =>
            Revoked(state, grant, grant with { RevokedAt = now, UpdatedAt = now }),
        { Kind: WithdrawalKind.Preferences } => Off(state),
        { Kind: WithdrawalKind.Paused } when state.PausedAt is null =>
            new ConsentStep(state with { Epoch = state.Epoch + 1, PausedAt = now }, new ConsentChange(ConsentChangeKind.Paused)),
        { Kind: WithdrawalKind.Resumed } when state.PausedAt is not null =>
            new ConsentStep(state with { Epoch = state.Epoch + 1, PausedAt = null }, new ConsentChange(ConsentChangeKind.Resumed)),
        _ => new ConsentStep(state, null),
    };

    private static bool TakesBack(Grant old, Grant grant) =>
        (old.RevokedAt is null && grant.RevokedAt is not null) || (old.EndedAt is null && grant.EndedAt is not null) || !(old with { Interaction = grant.Interaction }).IsWithin(grant);

    private static bool TakesBack(Preferences old, Preferences now) =>
        !ReferenceEquals(old, now)
        && (!ConsentRules.IsWithin(old, now) || (old.OfAge && !now.OfAge) || (!old.LeaveMeAlone && now.LeaveMeAlone));

    private static ConsentStep Revoked(ConsentState state, Grant old, Grant grant) => new(
        state with { Epoch = state.Epoch + 1, Grants = state.Grants.Replace(old, grant) }, new ConsentChange(ConsentChangeKind.GrantRevoked, grant), grant);

    private static ConsentStep Off(ConsentState state)
    {
        var off = Preferences.Off with { LeaveMeAlone = true };
        return CanonicalJson.AreSame(off, state.Preferences)
            ? new ConsentStep(state, null)
            : new ConsentStep(
                state with { Epoch = state.Epoch + 1, Preferences = off }, new ConsentChange(ConsentChangeKind.PreferencesSet, Preferences: off));
    }
}
