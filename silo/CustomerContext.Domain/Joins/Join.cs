using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using Orleans;

namespace CustomerContext.Domain.Joins;

/// <summary>What is kept under one join code.</summary>
/// <param name="Join">The request; absent once it has been over for <see cref="Limits.Joins.SeenAfter"/>.</param>
/// <param name="Stop">What "never again" needs; absent if no message was sent, or too long ago.</param>
[GenerateSerializer, Immutable, Alias("JoinState")]
public sealed record JoinState([property: Id(0)] Join? Join, [property: Id(1)] StopProof? Stop)
{
    /// <summary>A code that stands for nothing.</summary>
    public static JoinState Empty { get; } = new(null, null);
}

/// <summary>A tenant's request for consent. Neither its code nor its digits nor the proof in its link are kept, only keyed hashes.</summary>
/// <param name="By">Who asks, and in which interaction.</param>
/// <param name="Request">A keyed hash of the tenant's request id, by which a repeat finds it.</param>
/// <param name="Content">A keyed hash of what was asked, by which a repeat is told from a reuse.</param>
/// <param name="Terms">What a yes gives, in full.</param>
/// <param name="Asked">The customer whom the tenant named, or a key that is nobody's; absent if nobody was named.</param>
/// <param name="NamedKey">The identity of the identifier that the tenant named; absent if nobody was named, or somebody by a customer id or aliases.</param>
/// <param name="JoinedKey">The identity, inside the tenant, of the address that the link goes to; absent if there is no message.</param>
/// <param name="Digits">A keyed hash of the digits that the agent says.</param>
/// <param name="Proof">A keyed hash of what the link in the message holds; absent if there is no message.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Until">First instant at which nobody can answer it any more.</param>
/// <param name="Language">Of the message: en, de or fr.</param>
/// <param name="Sealed">Encrypted: what the message says and where it goes. Empty once <see cref="IsDelivered"/>.</param>
[GenerateSerializer, Immutable, Alias("Join")]
public sealed record Join(
    [property: Id(0)] TenantActor By,
    [property: Id(1)] Digest Request,
    [property: Id(2)] Digest Content,
    [property: Id(3)] GrantTerms Terms,
    [property: Id(4)] CustomerKey? Asked,
    [property: Id(5)] string? NamedKey,
    [property: Id(6)] string? JoinedKey,
    [property: Id(7)] Digest Digits,
    [property: Id(8)] Digest? Proof,
    [property: Id(9)] DateTimeOffset CreatedAt,
    [property: Id(10)] DateTimeOffset Until,
    [property: Id(11)] string Language,
    [property: Id(12)] ImmutableArray<byte> Sealed)
{
    /// <summary>True once the open page and the address have been asked, or never will be.</summary>
    [Id(20)]
    public bool IsDelivered { get; init; }

    /// <summary>Wrong pairs of digits so far; from <see cref="Limits.Joins.DigitTries"/> on the code is dead.</summary>
    [Id(21)]
    public int WrongDigits { get; init; }

    /// <summary>True once its interaction has ended.</summary>
    [Id(22)]
    public bool HasLapsed { get; init; }

    /// <summary>Who is answering it: from here on nobody else can. Absent while nobody is.</summary>
    [Id(23)]
    public JoinClaim? Claim { get; init; }

    /// <summary>The grant that the yes made; absent while there is none.</summary>
    [Id(24)]
    public GrantId? Granted { get; init; }

    /// <summary>True if the identifier that the tenant named is proven to be theirs who said yes.</summary>
    [Id(25)]
    public bool IsConfirmed { get; init; }

    /// <summary>Pseudonym of the actor who continued the interaction last: they may watch it as well. Absent if nobody did.</summary>
    [Id(26)]
    public string? ContinuedBy { get; init; }

    /// <summary>The ids under which its interaction went on, oldest first; the newest <see cref="Limits.Calls.IdsPerCall"/>.</summary>
    [Id(28)]
    public ImmutableArray<string> ContinuedIn { get; init; } = [];

    /// <summary>What the address is that the link goes to; absent if there is no message.</summary>
    [Id(27)]
    public IdentifierFormat? AddressFormat { get; init; }

    /// <summary>Who asked, in the interaction as it goes on now: a yes is given in that one.</summary>
    public TenantActor ByNow => ContinuedIn is [.., var latest] ? By with { Interaction = latest } : By;

    /// <summary>The ids of its interaction before the present one: a yes may have been kept under any of them.</summary>
    public IEnumerable<string> EarlierIds => ContinuedIn.Prepend(By.Interaction!).SkipLast(1);

    /// <summary>True if <paramref name="actor"/> of <paramref name="tenant"/> may know how it stands.</summary>
    public bool IsOf(TenantId tenant, string actor) => By.Tenant == tenant && (By.Actor == actor || ContinuedBy == actor);

    /// <summary>True if somebody may still say yes at <paramref name="now"/>.</summary>
    public bool IsOpen(DateTimeOffset now) => Claim is null && WrongDigits < Limits.Joins.DigitTries && !IsOver(now);

    /// <summary>True once its time or its interaction is over.</summary>
    public bool IsOver(DateTimeOffset now) => HasLapsed || now >= Until;

    /// <summary>How it stands for the tenant, who must not learn of a no, nor of wrong digits. Nor that somebody answered and it came to nothing: over is over at the same time.</summary>
    public JoinStanding StandingAt(DateTimeOffset now) =>
        Granted is not null ? JoinStanding.Granted : IsOver(now) ? JoinStanding.Over : JoinStanding.Waiting;
}

/// <summary>One person's answer, on its way to becoming a grant.</summary>
/// <param name="Customer">Who they are, or will be.</param>
/// <param name="RequestId">Theirs: with the customer it makes the id of the grant.</param>
/// <param name="Content">A keyed hash of the whole answer.</param>
/// <param name="HasProof">True if they followed the link that went to the address.</param>
[GenerateSerializer, Immutable, Alias("JoinClaim")]
public sealed record JoinClaim(
    [property: Id(0)] CustomerKey Customer, [property: Id(1)] string RequestId, [property: Id(2)] Digest Content, [property: Id(3)] bool HasProof);

/// <summary>What the link of a message needs so that its reader can say "never again".</summary>
/// <param name="Address">The address as a keyed hash.</param>
/// <param name="Proof">A keyed hash of what the link holds.</param>
/// <param name="Until">First instant at which it is forgotten.</param>
[GenerateSerializer, Immutable, Alias("StopProof")]
public sealed record StopProof([property: Id(0)] string Address, [property: Id(1)] Digest Proof, [property: Id(2)] DateTimeOffset Until);

/// <summary>How a request stands for the tenant.</summary>
public enum JoinStanding
{
    /// <summary>Nobody has said yes.</summary>
    Waiting = 1,

    /// <summary>Somebody has.</summary>
    Granted,

    /// <summary>Nobody has, and nobody can any more.</summary>
    Over,
}

/// <summary>Answers a request.</summary>
/// <param name="Claim">Who answers, and with what.</param>
/// <param name="Digits">A keyed hash of the digits; absent for a customer's own open page, which no link leads to.</param>
/// <param name="Proof">A keyed hash of what the link held; absent if the code was typed.</param>
[GenerateSerializer, Immutable, Alias("AnswerJoin")]
public sealed record AnswerJoin([property: Id(0)] JoinClaim Claim, [property: Id(1)] Digest? Digits, [property: Id(2)] Digest? Proof);

/// <summary>What became of an answer.</summary>
/// <param name="State">What is kept after it.</param>
/// <param name="Join">The request, if the answer may go on. Absent: it may not.</param>
/// <param name="TriesLeft">Pairs of digits that are left, if these were wrong. Absent: they were not.</param>
/// <param name="Refusal">Why it may not go on; absent if it may, and for wrong digits.</param>
public sealed record JoinStep(JoinState State, Join? Join, int? TriesLeft = null, Refusal? Refusal = null);
