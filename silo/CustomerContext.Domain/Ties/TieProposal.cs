using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>A proposal of a tie or a membership. It takes effect only when the customer says yes.</summary>
/// <param name="Id">The id that the customer sees: 32 hexadecimal digits of a hash, from which nobody can be identified.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Other">The other customer; absent if it is about a tribe.</param>
/// <param name="Tribe">The tribe; absent if it is about a person.</param>
/// <param name="Topics">The shared interests behind it; empty if somebody said so.</param>
/// <param name="Source">Who said so; absent if the other customer did, or the product found it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Supporters">How many sources say so; 0 if none does.</param>
[GenerateSerializer, Immutable, Alias("TieProposal")]
public sealed record TieProposal(
    [property: Id(0)] string Id,
    [property: Id(1)] TieProposalKind Kind,
    [property: Id(2)] CustomerKey? Other,
    [property: Id(3)] TribeId? Tribe,
    [property: Id(4)] ImmutableArray<string> Topics,
    [property: Id(5)] SourceId? Source,
    [property: Id(6)] DateTimeOffset CreatedAt,
    [property: Id(7)] int Supporters = 0)
{
    private const int IdBytes = 16;

    /// <summary>The id by which <paramref name="me"/> knows a tie of theirs: the same as that of a proposal of it.</summary>
    public static string IdOf(CustomerKey me, Tie tie) => IdOf(me, $"{tie.Kind} {tie.Other}");

    /// <summary>The tie of such an id; absent if there is none.</summary>
    public static Tie? Find(TiesState state, CustomerKey me, string tieId) => state.Ties.FirstOrDefault(tie => IdOf(me, tie) == tieId);

    /// <summary>The proposals that are open, newest first: what others said, tribes that share what is on the customer's mind, and tribes that no longer do.</summary>
    /// <param name="state">What is known of the people around.</param>
    /// <param name="me">The customer.</param>
    /// <param name="tribes">The tribes there are. None is proposed that the customer has ever answered.</param>
    /// <param name="mind">What is on the customer's mind.</param>
    /// <param name="preferences">What the customer wants.</param>
    /// <param name="now">The moment.</param>
    public static ImmutableArray<TieProposal> Of(
        TiesState state, CustomerKey me, ImmutableArray<TribeTopics> tribes, TopOfMindContent mind, Preferences preferences, DateTimeOffset now)
    {
        var known = state.Memberships.Select(membership => membership.Tribe.Value).ToHashSet();
        var found = FoundTribeRules.Propose(tribes, mind, known, preferences)
            .Select(tribe => Found(me, TieProposalKind.Tribe, tribe, now));
        var joined = GroupsContent.Joined(state).Select(tribe => tribe.Value).ToHashSet();
        var faded = FoundTribeRules.Faded(tribes.Where(tribe => joined.Contains(tribe.Tribe)), mind, preferences)
            .Select(tribe => Found(me, TieProposalKind.LeaveTribe, tribe, now));
        return [.. Said(state, me).Concat(found).Concat(faded).OrderByDescending(proposal => proposal.CreatedAt).ThenBy(proposal => proposal.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<TieProposal> Said(TiesState state, CustomerKey me) => state.Ties
        .Where(tie => tie.ProposedBy is not null)
        .Select(tie => new TieProposal(IdOf(me, tie), OfTie(tie.Kind), tie.Other, null, [], Named(tie.ProposedBy), At(tie.Latest), tie.Supporters))
        .Concat(state.Memberships
            .Where(membership => membership.ProposedBy is not null)
            .Select(membership => new TieProposal(
                IdOf(me, $"tribe {membership.Tribe}"), TieProposalKind.Tribe, null, membership.Tribe, [], membership.ProposedBy, At(membership.Latest))));

    private static TieProposal Found(CustomerKey me, TieProposalKind kind, TribeProposal tribe, DateTimeOffset now) =>
        new(IdOf(me, $"{kind} {tribe.Tribe}"), kind, null, new TribeId(tribe.Tribe), tribe.Topics, null, now);

    private static TieProposalKind OfTie(TieKind kind) => kind == TieKind.Friend ? TieProposalKind.Friend : TieProposalKind.Follow;

    private static SourceId? Named(SourceId? source) => source is { Value: not null } ? source : null;

    private static DateTimeOffset At(Stamp stamp) => DateTimeOffset.FromUnixTimeMilliseconds(stamp.At);

    private static string IdOf(CustomerKey me, string what) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{me} {what}")).AsSpan(0, IdBytes));
}

/// <summary>What a proposal is about.</summary>
public enum TieProposalKind
{
    /// <summary>Somebody is said to be a friend.</summary>
    Friend = 1,

    /// <summary>The customer is said to be in a tribe, or to share its interests.</summary>
    Tribe = 2,

    /// <summary>The interest that a tribe of the customer's shares has faded for them.</summary>
    LeaveTribe = 3,

    /// <summary>The customer is said to follow somebody.</summary>
    Follow = 4,
}
