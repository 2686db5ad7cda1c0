using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Storage.Payloads;

/// <summary>The people around a customer.</summary>
internal static class TiesPayload
{
    public static IPayloadCodec<TiesState> Codec { get; } = new PayloadCodec<TiesState, Stored.TiesState>(1, ToMessage, FromMessage);

    private static Stored.TiesState ToMessage(TiesState state)
    {
        var stored = new Stored.TiesState
        {
            Ties = { state.Ties.Select(ToMessage) },
            Memberships = { state.Memberships.Select(ToMessage) },
            Outgoing = OutboxPayload.ToMessage(state.Outbox),
            Networks = { state.Networks.Select(NetworkPayload.ToMessage) },
            Influence = { state.Influence.Topics.Select(ToMessage) },
            Taken = state.Taken,
            Asked = QuestionPayload.ToMessage(state.Asked),
            RecentRequests = { state.RecentRequests.Select(request => new Stored.TieRequest { RequestId = request.RequestId, Content = request.ContentHash }) },
            FriendCodes = { state.FriendCodes.Select(FriendCodePayload.ToMessage) },
            InfluenceShown = new()
            {
                Topics = { state.InfluenceShown.Topics.Select(ToMessage) },
                At = state.InfluenceShown.At,
                Due = state.InfluenceShown.Due,
            },
        };
        stored.WindowFingerprints = WindowPayload.Write(state.Window, stored.WindowSeconds, stored.Horizon);
        return stored;
    }

    private static TiesState FromMessage(Stored.TiesState stored) => new(
        [.. stored.Ties.Select(FromMessage)],
        [.. stored.Memberships.Select(FromMessage)],
        OutboxPayload.FromMessage(stored.Outgoing),
        [.. stored.Networks.Select(NetworkPayload.FromMessage)],
        new InfluenceState([.. stored.Influence.Select(FromMessage)]),
        WindowPayload.Read(stored.WindowSeconds, stored.WindowFingerprints, stored.Horizon))
    {
        Taken = stored.Taken,
        Asked = QuestionPayload.FromMessage(stored.Asked),
        RecentRequests = [.. stored.RecentRequests.Select(request => new RecentRequest(request.RequestId, request.Content))],
        FriendCodes = [.. stored.FriendCodes.Select(FriendCodePayload.FromMessage)],
        InfluenceShown = new InfluenceRelease([.. stored.InfluenceShown.Topics.Select(FromMessage)], stored.InfluenceShown.At, stored.InfluenceShown.Due),
    };

    private static Stored.Tie ToMessage(Tie tie)
    {
        var stored = new Stored.Tie { Other = tie.Other.Value, Kind = (int)tie.Kind, Claims = { tie.Claims.Select(Words.ToMessage) }, IsTold = tie.IsAcknowledged, Stance = (int)tie.Stance, StanceAt = tie.StanceAt };
        Words.Write(stored.Mine, tie.Mine);
        Words.Write(stored.Theirs, tie.Theirs);
        Words.Write(stored.ListedAs, tie.ListedAs);
        return stored;
    }

    private static Tie FromMessage(Stored.Tie stored) => new(
        new CustomerKey(stored.Other),
        (TieKind)stored.Kind,
        Words.ReadStatement(stored.Mine),
        Words.ReadStatement(stored.Theirs),
        Words.ReadClaims(stored.Claims),
        stored.IsTold,
        Words.ReadStamp(stored.ListedAs))
    {
        Stance = (TieStance)stored.Stance,
        StanceAt = stored.StanceAt,
    };

    private static Stored.Membership ToMessage(Membership membership)
    {
        var stored = new Stored.Membership { Tribe = membership.Tribe.Value, Claims = { membership.Claims.Select(Words.ToMessage) } };
        Words.Write(stored.Mine, membership.Mine);
        return stored;
    }

    private static Membership FromMessage(Stored.Membership stored) =>
        new(new TribeId(stored.Tribe), Words.ReadStatement(stored.Mine), Words.ReadClaims(stored.Claims));

    private static Stored.TopicInfluence ToMessage(TopicInfluence influence) => new()
    {
        Topic = influence.Topic,
        Score = influence.Score,
        People = influence.People,
        Helpful = influence.Helpful,
        Answered = influence.Answered,
    };

    private static TopicInfluence FromMessage(Stored.TopicInfluence stored) =>
        new(stored.Topic, stored.Score, stored.People, stored.Helpful, stored.Answered);

    private static Stored.TopicReach ToMessage(TopicReach reach)
    {
        var stored = new Stored.TopicReach
        {
            Topic = reach.Topic,
            People =
            {
                reach.People.Select(person => new Stored.ReachedPerson { High = person.Pseudonym.High, Low = person.Pseudonym.Low, Week = person.Week }),
            },
        };
        Rows.Write(stored.Weeks, reach.Weeks, 3, static (week, row) =>
        {
            row[0] = week.Week;
            row[1] = week.Answered;
            row[2] = week.Helpful;
        });
        return stored;
    }

    private static TopicReach FromMessage(Stored.TopicReach stored) => new(
        stored.Topic,
        [.. stored.People.Select(person => new ReachedPerson(new Pseudonym(person.High, person.Low), person.Week))],
        Rows.Read(stored.Weeks, 3, static row => new AnswerWeek((int)row[0], (int)row[1], (int)row[2])));
}
