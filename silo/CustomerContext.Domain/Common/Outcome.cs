using System.Diagnostics.CodeAnalysis;
using Orleans;

namespace CustomerContext.Domain.Common;

/// <summary>Either a value or a <see cref="Refusal"/>. Expected failures are values; only faults are exceptions.</summary>
[GenerateSerializer, Immutable, Alias("Outcome`1")]
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The value; default if refused.</summary>
    [Id(0)]
    public T? Value { get; init; }

    /// <summary>Why not; absent if there is a value.</summary>
    [Id(1)]
    public Refusal? Refusal { get; init; }

    /// <summary>True if there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    /// <summary>A success; for interfaces, which cannot convert implicitly.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "There is no other place.")]
    public static Outcome<T> Ok(T value) => new(value, null);

    /// <summary>A success.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>Why something was not done. Values inside; the Api's one mapper turns them into a gRPC status.</summary>
public enum RefusalReason
{
    /// <summary>The request breaks a rule: <see cref="Refusal.Field"/> and <see cref="Refusal.Rule"/> say which.</summary>
    InvalidArgument = 1,

    /// <summary>Nothing is granted; also for an unknown person and for an unverified or shared identifier.</summary>
    ConsentRequired,

    /// <summary>The caller may not do this, whatever the customer says (scope, purpose, tenant, facet x purpose table).</summary>
    CallerNotAllowed,

    /// <summary>The signal is not newer than what has left the customer's idempotency window.</summary>
    TooLate,

    /// <summary>A stated bound is reached; <see cref="Refusal.Rule"/> names it.</summary>
    LimitReached,

    /// <summary>The request id was used before with other content.</summary>
    RequestIdReused,

    /// <summary>No such grant (of this customer).</summary>
    NotFound,

    /// <summary>The customer has not said that they are of age.</summary>
    NotOfAge,

    /// <summary>The store did not answer or its outcome is unknown; try again.</summary>
    Unavailable,

    /// <summary>The sharing code is wrong, used or over, or nobody made one: not told apart.</summary>
    CodeNotAccepted,

    /// <summary>The interaction has ended, for good.</summary>
    InteractionOver,

    /// <summary>A stream cannot be resumed where the token says.</summary>
    ResumeTokenTooOld = 30,

    /// <summary>A later version does this.</summary>
    NotImplemented,

    /// <summary>Consent has changed since what the caller decided on.</summary>
    VersionMismatch,

    /// <summary>The customer does not let their own statements be kept, so their yes to somebody could not be.</summary>
    OwnWordNotCollected,

    /// <summary>A signal was not kept, and its sender may not learn that: answered as accepted.</summary>
    Untold,
}

/// <summary>A refusal: the reason, and for a request's fault the field (a proto path such as <c>signals[3].text</c>) and the rule broken.</summary>
/// <remarks>Never holds personal data: neither field nor rule repeats what the caller sent.</remarks>
[GenerateSerializer, Immutable, Alias("Refusal")]
public sealed record Refusal(
    [property: Id(0)] RefusalReason Reason,
    [property: Id(1)] string? Field = null,
    [property: Id(2)] string? Rule = null);
