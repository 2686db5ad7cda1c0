using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;
using Orleans;

namespace CustomerContext.Grains.Joins;

/// <summary>One request for consent; the key is a keyed hash of its join code, so that the code leads to it and is kept nowhere.</summary>
[Alias("IJoinGrain")]
public interface IJoinGrain : IGrainWithStringKey
{
    /// <summary>Asks. Durable when it returns; the customer's page and the address are asked after that.</summary>
    /// <returns>The request: of a repeat the one that it made. <see cref="RefusalReason.LimitReached"/>: the code stands for another one.</returns>
    [Alias("Ask")]
    Task<Outcome<Join>> Ask(Join join, StopProof? stop);

    /// <summary>The request that somebody can answer now; absent if there is none.</summary>
    [Alias("Open")]
    Task<Join?> Open(Digest? proof);

    /// <summary>Lets one person answer. Durable when it returns.</summary>
    [Alias("Answer")]
    Task<JoinAnswer> Answer(AnswerJoin answer);

    /// <summary>Looks whether the grant of who answered is in their ledger; if so, and if its call could go on where the interaction did, the tenant is told. Idempotent.</summary>
    [Alias("Settle")]
    Task Settle();

    /// <summary>This interaction of <paramref name="tenant"/> is over. Idempotent.</summary>
    [Alias("Lapse")]
    Task Lapse(TenantId tenant, string interaction);

    /// <summary>This interaction goes on under that of <paramref name="by"/>: who continued it may watch the request too. Idempotent.</summary>
    [Alias("Continue")]
    Task Continue(string interaction, TenantActor by);

    /// <summary>The request, whoever may still answer it; absent if there is none.</summary>
    [Alias("Get")]
    Task<Join?> Get();

    /// <summary>Waits until the request stands otherwise than <paramref name="known"/>, for at most <see cref="Domain.Limits.Watches.Heartbeat"/>.</summary>
    /// <returns>The request and how it stands now; absent if it is forgotten.</returns>
    [Alias("Next")]
    Task<SeenJoin?> Next(JoinStanding known, CancellationToken left = default);

    /// <summary>The address to which a message went, if <paramref name="proof"/> is that of its link; absent otherwise.</summary>
    [Alias("AddressOf")]
    Task<string?> AddressOf(Digest proof);
}

/// <summary>What became of an answer.</summary>
/// <param name="Join">The request, if the answer may go on.</param>
/// <param name="TriesLeft">Pairs of digits that are left, if these were wrong.</param>
/// <param name="Refusal">Why it may not go on; absent if it may, and for wrong digits.</param>
[GenerateSerializer, Immutable, Alias("JoinAnswer")]
public sealed record JoinAnswer([property: Id(0)] Join? Join, [property: Id(1)] int? TriesLeft, [property: Id(2)] Refusal? Refusal);

/// <summary>A request as its tenant sees it.</summary>
[GenerateSerializer, Immutable, Alias("SeenJoin")]
public sealed record SeenJoin([property: Id(0)] Join Join, [property: Id(1)] JoinStanding Standing);
