using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Tie = CustomerContext.Domain.Ties.Tie;

namespace CustomerContext.Silo.Api.Ties;

/// <summary>Ties as the customer is told of them.</summary>
internal static class TieTranslator
{
    /// <summary>Sources that say so, from which on they are many.</summary>
    private const int Many = 4;

    /// <summary>A tie of <paramref name="me"/>'s.</summary>
    public static V1.Tie ToProto(CustomerKey me, Tie tie, string callMe = "") => new()
    {
        TieId = TieProposal.IdOf(me, tie),
        Kind = tie.Kind == TieKind.Friend ? RelationshipKind.Friend : RelationshipKind.Follows,
        State = (TieState)tie.Standing,
        CallMe = callMe,
        Source = tie.ProposedBy is { Value: { } source } ? source : "",
        EvidenceBand = Band(tie.Supporters),
        SinceTime = DateTimeOffset.FromUnixTimeMilliseconds(tie.StandingSince).ToTimestamp(),
    };

    /// <summary>How much so many sources are.</summary>
    public static EvidenceBand Band(int sources) => sources switch
    {
        0 => EvidenceBand.Unspecified,
        1 => EvidenceBand.One,
        < Many => EvidenceBand.Several,
        _ => EvidenceBand.Many,
    };
}
