using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using Orleans;

namespace CustomerContext.Grains.Attention;

/// <summary>A part of the work of one company. The key is that of <see cref="WorkIds"/>.</summary>
/// <remarks>Every method throws <see cref="Durability.StateUnavailableException"/> if the store gives no sure answer.</remarks>
[Alias("IWorkQueueGrain")]
public interface IWorkQueueGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>All that waits of a customer now. What is not in it any more is gone when the answer is there, and no webhook tells of it. Idempotent.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="order">Grows with what is told of the customer: what arrives behind a later one changes nothing.</param>
    /// <param name="works">All of it.</param>
    /// <param name="isBySignals">
    /// True if ATTENTION is granted and signals alone have changed what waits. False if consent has changed, or may have: then the company is not told either how work of theirs ended that somebody completed
    /// and that waits no more, since the customer may have taken back what it was made of, and of what comes nothing that lies back.
    /// </param>
    /// <returns>False if the queue is full and did not take all of it: tell it again later.</returns>
    [Alias("Put")]
    Task<bool> Put(CustomerKey customer, long order, ImmutableArray<Work> works, bool isBySignals);

    /// <summary>The first <paramref name="most"/> pieces of work after <paramref name="after"/>; absent: from the start.</summary>
    [Alias("List")]
    Task<ImmutableArray<Work>> List(WorkFilter filter, WorkPlace? after, int most);

    /// <summary>All of it, as soon as it is another value than that of <paramref name="known"/>, or after <see cref="Domain.Limits.Watches.Heartbeat"/>.</summary>
    /// <param name="known">The number of the value that the reader has; 0: none.</param>
    /// <param name="left">The reader has left: the wait is over.</param>
    [Alias("Next")]
    Task<NumberedWork> Next(long known, CancellationToken left = default);

    /// <summary>Gives work to an actor, who then looks at what waits of the customer, on the customer's record. Where the customer does not allow that look any more, the work is gone.</summary>
    /// <param name="command">Which work, and who claims it.</param>
    /// <param name="until">When the claim lapses.</param>
    /// <param name="look">The look of the actor.</param>
    /// <param name="left">How long the actor waits for the answer, from when this arrives.</param>
    [Alias("Claim")]
    Task<Outcome<ClaimedWork>> Claim(WorkCommand command, DateTimeOffset until, LookRequest look, TimeSpan left);

    /// <summary>Ends work.</summary>
    [Alias("Complete")]
    Task<Outcome<Work>> Complete(WorkCommand command, WorkResult result);

    /// <summary>Gives work back; <paramref name="isUp"/>: to those who see to what is escalated.</summary>
    [Alias("HandOver")]
    Task<Outcome<Work>> HandOver(WorkCommand command, bool isUp);

    /// <summary>Has the company told again by webhook what came about since then and is in the queue still; how many messages that is.</summary>
    [Alias("TellAgain")]
    Task<int> TellAgain(DateTimeOffset from);
}

/// <summary>A value of a queue, and its number.</summary>
[GenerateSerializer, Immutable, Alias("NumberedWork")]
public sealed record NumberedWork([property: Id(0)] long Number, [property: Id(1)] WorkShard Shard);

/// <summary>Work that an actor has, what the customer showed them of it, and who of the company's other customers could answer; nobody if the actor had it before this request.</summary>
[GenerateSerializer, Immutable, Alias("ClaimedWork")]
public sealed record ClaimedWork([property: Id(0)] Work Work, [property: Id(1)] AttentionItem Item, [property: Id(2)] ImmutableArray<OfferedContact> People);
