using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;
using Grpc.Core;
using Orleans;

namespace CustomerContext.Silo.Api.Tribes;

/// <summary>What tribes have released: the same to everyone, never a person.</summary>
internal sealed class TribeApi(TribeAccess access, TribeReleases releases, IGrainFactory grains, PushLoop pushes, TimeProvider time)
    : TribeService.TribeServiceBase
{
    private static readonly TimeSpan _trend = TimeSpan.FromDays(7 * 12);

    public override async Task<GetTribeResponse> GetTribe(GetTribeRequest request, ServerCallContext context)
    {
        var caller = CallerOf.Any(context);
        var audience = access.Audience(caller, request.Purpose).OrThrow();
        var tribe = (await access.Find(caller, request.TribeId)).OrThrow();
        var view = await releases.Get(GroupId.Tribe(tribe.Id.Value, audience));
        return new GetTribeResponse { Tribe = TribeTranslator.ToProto(tribe), Release = TribeTranslator.ToProto(tribe.Id, view.History.Last) };
    }

    public override async Task WatchTribe(WatchTribeRequest request, IServerStreamWriter<WatchTribeResponse> responseStream, ServerCallContext context)
    {
        var caller = CallerOf.Any(context);
        var audience = access.Audience(caller, request.Purpose).OrThrow();
        TextRules.Check(request.ResumeToken, "resume_token", Limits.Requests.TokenLength, required: false).OrThrow();
        var tribe = (await access.Find(caller, request.TribeId)).OrThrow();
        var grain = grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(GroupId.Tribe(tribe.Id.Value, audience)));
        var source = new TribeStream(tribe.Id, grain, TribeStream.SeenIn(request.ResumeToken), time);
        await pushes.Run(source, responseStream, caller.Until, context.CancellationToken);
    }

    public override async Task<ListTribesResponse> ListTribes(ListTribesRequest request, ServerCallContext context)
    {
        var caller = CallerOf.Any(context);
        access.Audience(caller, request.Purpose).OrThrow();
        TextRules.Check(request.Topic, "topic", Limits.Signals.TopicCharacters, required: false).OrThrow();
        var page = NamedPage.Read(request.PageSize, request.PageToken).OrThrow();
        var topic = TopicName.Normalise(request.Topic);
        var tribes = (await access.List(caller))
            .Where(tribe => string.CompareOrdinal(tribe.Id.Value, page.After) > 0 && (topic.Length == 0 || tribe.Topics.Contains(topic)))
            .Take(page.Size + 1)
            .ToArray();
        var response = new ListTribesResponse { Tribes = { tribes.Take(page.Size).Select(TribeTranslator.ToProto) } };
        response.NextPageToken = tribes.Length > page.Size ? NamedPage.TokenAfter(tribes[page.Size - 1].Id.Value) : "";
        return response;
    }

    public override async Task<GetTrendsResponse> GetTrends(GetTrendsRequest request, ServerCallContext context)
    {
        var caller = CallerOf.Any(context);
        var audience = access.Audience(caller, request.Purpose, forTrends: true).OrThrow();
        var tribe = (await access.Find(caller, request.TribeId)).OrThrow();
        var now = time.GetUtcNow();
        var from = Times.Read(request.FromTime, "from_time").OrThrow() ?? now - _trend;
        var until = Times.Read(request.UntilTime, "until_time").OrThrow() ?? now;
        var page = NamedPage.Read(request.PageSize, request.PageToken).OrThrow();
        var view = await releases.Get(GroupId.Tribe(tribe.Id.Value, audience));
        var points = TribeTranslator.Trend(view.History)
            .Where(point => point.At >= from && point.At < until && string.CompareOrdinal(point.Token, page.After) > 0)
            .Take(page.Size + 1)
            .ToArray();
        var response = new GetTrendsResponse { Points = { points.Take(page.Size).Select(point => point.Point) } };
        response.NextPageToken = points.Length > page.Size ? NamedPage.TokenAfter(points[page.Size - 1].Token) : "";
        return response;
    }
}
