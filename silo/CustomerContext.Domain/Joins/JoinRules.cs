using System.Security.Cryptography;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;

namespace CustomerContext.Domain.Joins;

/// <summary>How a request for consent goes on: asked, opened, answered by one person, settled, over.</summary>
public static class JoinRules
{
    private static Refusal NotFound { get; } = new(RefusalReason.NotFound, "code", "wrong, answered, lapsed or dead");

    /// <summary>
    /// Asks under a code. A repeat finds what it made. A code that stands for another request which can still be answered or seen, or whose message can still be answered with "never again", is taken
    /// (<see cref="RefusalReason.LimitReached"/>): try the next.
    /// </summary>
    public static Outcome<JoinState> Ask(JoinState state, Join join, StopProof? stop) => state.Join switch
    {
        { } known when known.Request == join.Request => known.Content == join.Content ? state : new Refusal(RefusalReason.RequestIdReused),
        null when state.Stop is null => new JoinState(join, stop),
        _ => new Refusal(RefusalReason.LimitReached),
    };

    /// <summary>The request that a code, or a link with its proof, leads to; absent if nobody can answer it.</summary>
    public static Join? Open(JoinState state, Digest? proof, DateTimeOffset now) =>
        state.Join is { } join && join.IsOpen(now) && HasProof(join, proof) ? join : null;

    /// <summary>Lets one person answer, by one request id; the same answer of the same person passes again, whatever has become of the request meanwhile.</summary>
    public static JoinStep Answer(JoinState state, AnswerJoin answer, DateTimeOffset now)
    {
        if (state.Join is not { } join)
        {
            return new JoinStep(state, null, Refusal: NotFound);
        }

        if (join.Claim is { } claim)
        {
            return claim == answer.Claim ? new JoinStep(state, join)
                : new JoinStep(state, null, Refusal: claim.Customer == answer.Claim.Customer && claim.RequestId == answer.Claim.RequestId
                    ? new Refusal(RefusalReason.RequestIdReused)
                    : NotFound);
        }

        if (!join.IsOpen(now) || !HasProof(join, answer.Proof))
        {
            return new JoinStep(state, null, Refusal: NotFound);
        }

        if (answer.Digits is { } digits && !IsSame(digits, join.Digits))
        {
            var tried = join with { WrongDigits = join.WrongDigits + 1 };
            return new JoinStep(state with { Join = tried }, null, Limits.Joins.DigitTries - tried.WrongDigits);
        }

        var claimed = join with { Claim = answer.Claim };
        return new JoinStep(state with { Join = claimed }, claimed);
    }

    /// <summary>
    /// Says yes to the tenant, if the ledger of who answered has the grant; and if two logins of theirs are linked, both ledgers. A request that lapsed meanwhile stays so.
    /// </summary>
    /// <param name="state">The request.</param>
    /// <param name="consent">Of who answered.</param>
    /// <param name="partner">Of the customer linked with them, who says so too; absent if there is none.</param>
    public static JoinState Settle(JoinState state, ConsentState consent, (CustomerKey Key, ConsentState Consent)? partner)
    {
        if (state.Join is not { Claim: { } claim, Granted: null, HasLapsed: false } join)
        {
            return state;
        }

        var grant = GrantId.For(claim.Customer, claim.RequestId);
        var isGiven = consent.Find(grant) is { RevokedAt: null }
            && (partner is not { } other || other.Consent.Find(GrantId.For(other.Key, claim.RequestId)) is { RevokedAt: null });
        return isGiven ? state with { Join = join with { Granted = grant, IsConfirmed = claim.HasProof || Proves(consent, join) } } : state;
    }

    /// <summary>An interaction is over: the request lapses if it was asked in it, and the interaction did not go on under another id.</summary>
    public static JoinState Lapse(JoinState state, TenantId tenant, string interaction) =>
        state.Join is { HasLapsed: false } join && IsIn(join, tenant, interaction) ? state with { Join = join with { HasLapsed = true } } : state;

    /// <summary>An interaction goes on under that of <paramref name="by"/>, and the request with it if it was asked in it.</summary>
    public static JoinState Continue(JoinState state, string interaction, TenantActor by) =>
        state.Join is { } join && IsIn(join, by.Tenant, interaction)
            ? state with { Join = join with { ContinuedBy = by.Actor, ContinuedIn = [.. join.ContinuedIn.TakeLast(Limits.Calls.IdsPerCall - 1), by.Interaction!] } }
            : state;

    /// <summary>The page and the address have been asked, or never will be: where the message went is forgotten.</summary>
    public static JoinState Delivered(JoinState state) =>
        state.Join is { IsDelivered: false } join ? state with { Join = join with { IsDelivered = true, Sealed = [] } } : state;

    /// <summary>The address to which "never again" applies, if <paramref name="proof"/> is that of the message's link.</summary>
    public static string? AddressOf(JoinState state, Digest proof) => state.Stop is { } stop && IsSame(stop.Proof, proof) ? stop.Address : null;

    /// <summary>What is left of it at <paramref name="now"/>.</summary>
    public static JoinState Prune(JoinState state, DateTimeOffset now)
    {
        var join = state.Join is { } known && now >= known.Until + Limits.Joins.SeenAfter ? null : state.Join;
        var stop = state.Stop is { } proof && now >= proof.Until ? null : state.Stop;
        return join is null && stop is null ? JoinState.Empty : state with { Join = join, Stop = stop };
    }

    /// <summary>When something of it will be left out; absent if nothing is kept.</summary>
    public static DateTimeOffset? NextPrune(JoinState state) => state.Join is { } join ? join.Until + Limits.Joins.SeenAfter : state.Stop?.Until;

    private static bool IsIn(Join join, TenantId tenant, string interaction) => join.ByNow.Tenant == tenant && join.ByNow.Interaction == interaction;

    /// <summary>A link proves what it holds; a code that was typed proves nothing and needs nothing.</summary>
    private static bool HasProof(Join join, Digest? proof) => proof is not { } shown || (join.Proof is { } known && IsSame(known, shown));

    /// <summary>True if the identifier that the tenant named is proven to be the customer's: to everybody, or by a link that they followed inside this tenant.</summary>
    private static bool Proves(ConsentState consent, Join join) => consent.Identifiers.Any(known =>
        (known.Key == join.NamedKey && known.Verification == Verification.Verified) || (known.Key == join.JoinedKey && known.Verification == Verification.LinkFollowed));

    private static bool IsSame(Digest one, Digest other) => CryptographicOperations.FixedTimeEquals(one.ToArray(), other.ToArray());
}
