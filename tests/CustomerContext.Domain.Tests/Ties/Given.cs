using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Domain.Tests.Ties;

/// <summary>People and what they say.</summary>
internal static class Given
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static GroupSecret Secret { get; } = new(new byte[32]);

    public static CustomerKey Me { get; } = Person(0);

    public static Purpose Support { get; } = new("service.support");

    public static CustomerKey Person(int number) => new($"{number:x32}");

    /// <summary>The customer's own word, or a source's claim, at a minute.</summary>
    public static RelationshipSignal Said(CustomerKey other, int minute, TieChange change = TieChange.Began, TieKind kind = TieKind.Friend, string source = "customer") => new()
    {
        Id = $"{other}-{minute}-{change}-{source}",
        Source = new SourceId(source),
        OccurredAt = Now.AddMinutes(minute),
        Other = other,
        Kind = kind,
        Change = change,
    };

    public static MembershipSignal Joined(string tribe, int minute, TieChange change = TieChange.Began, string source = "customer") => new()
    {
        Id = $"{tribe}-{minute}-{change}-{source}",
        Source = new SourceId(source),
        OccurredAt = Now.AddMinutes(minute),
        Tribe = new TribeId(tribe),
        Change = change,
    };

    public static Statement Statement(int minute, TieChange change = TieChange.Began) => default(Statement).Say(change, new Stamp(Now.AddMinutes(minute).ToUnixTimeMilliseconds(), 0));

    public static TiesState After(params Signal[] signals) => signals.Aggregate(TiesState.Empty, (state, signal) => Take(state, signal).Value!);

    public static Outcome<TiesState> Take(TiesState state, Signal signal) => TiesRules.Take(state, Me, signal, Secret, Now);

    public static ImmutableArray<TieProposal> Proposals(TiesState state, params ReadOnlySpan<string> mind)
    {
        ImmutableArray<TopicContent> topics = [.. mind.ToArray().Select(topic => new TopicContent(topic, 5_000, Now, null, null))];
        return TieProposal.Of(state, Me, [new TribeTopics("e-bikers", ["e-bike", "warranty"])], new TopOfMindContent(900, topics, 0, [], []), Yes(), Now);
    }

    public static Preferences Yes(params string[] contribute) => new(
        SourceScope.Of([new TenantId("acme")], [SourceId.Customer]), [.. contribute.Select(name => new Purpose(name))], false, false, true, false);

    public static ConsentState Consent(long epoch, params string[] contribute) => ConsentState.None with { Epoch = epoch, Preferences = Yes(contribute) };
}
