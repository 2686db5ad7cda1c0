using CustomerContext.Domain;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Consents;
using CustomerContext.Silo.Api.Tribes;
using CustomerContext.Silo.Config;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>How moods went, as the contract has it.</summary>
internal sealed class HistoryTranslator(CustomerIds ids, TribeDirectory tribes)
{
    /// <summary>The answer to <paramref name="read"/>.</summary>
    public GetHistoryResponse ToProto(CheckedRead read, LookAnswer answer)
    {
        var (asOf, history) = (answer.Parts[0].Snapshot.AsOf, answer.History!);
        return new GetHistoryResponse
        {
            CustomerId = ids.For(read.Look.Read.Tenant, answer.Customer),
            SentimentDays = { history.Days.Select(SentimentTranslator.DayOf) },
            Friends = { history.Friends.Select(GroupMessages.MoodOf) },
            Followed = { history.Followed.Select(GroupMessages.MoodOf) },
            Tribes = { history.Tribes.Select(TribeOf).OrderBy(one => one.Tribe.DisplayName, StringComparer.Ordinal) },
            Withheld = { AnswerTranslator.WithheldOf(answer.Withheld) },
            Absent = { AnswerTranslator.AbsentOf(answer.Absent) },
            AsOfTime = asOf.ToTimestamp(),
            KeepUntilTime = (asOf + Limits.Requests.KeepAnswer).ToTimestamp(),
            DisclosureId = DisclosureTranslator.IdOf(answer.Record),
            GrantIds = { answer.Grants.Select(grant => grant.Value) },
        };
    }

    private V1.TribeHistory TribeOf(JoinedHistory joined) => new()
    {
        Tribe = TribeTranslator.ToProto(tribes.Find(joined.Tribe) ?? new TribeInfo(joined.Tribe, joined.Tribe.Value, [])),
        Releases = { joined.Points.Select(point => joined.Last is { } last && last.At == point.At ? TribeTranslator.ToProto(joined.Tribe, last)! : Kept(joined, point)) },
    };

    /// <summary>A release that is no longer the latest: what is kept of it.</summary>
    private static V1.TribeRelease Kept(JoinedHistory joined, Domain.Tribes.TrendPoint point) =>
        new() { TribeId = joined.Tribe.Value, ReleaseTime = point.At.ToTimestamp(), ShownScore = point.Score!.Value.Ratio(), HeardCount = point.Heard };
}
