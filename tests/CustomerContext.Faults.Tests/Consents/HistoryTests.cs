using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>How moods went, from outside: a look like any other. What networks and tribes released over days is tested where the clock can be moved.</summary>
public sealed class HistoryTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    [Fact]
    public async Task GetHistory_Granted_TheOwnDaysOnRecordAsSuch()
    {
        const string email = "history@example.org";
        var grant = Assert.Single(await running.Client.MakeCustomer(email, "acme"));
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(email, "past", 1, -0.5), Requests.Turn(email, "past", 2, -0.5)), running.Client.AsProgram());

        var seen = await Get(email);
        var day = Assert.Single(seen.SentimentDays, day => day.HasScore);
        Assert.Equal((-0.5, 2), (day.Score, day.MessageCount));
        Assert.Equal(35, seen.SentimentDays.Count);
        Assert.Equal([grant], seen.GrantIds);
        Assert.Equal([Facet.Network, Facet.Tribes], seen.Withheld.Select(one => one.Facet));
        Assert.True(seen.KeepUntilTime > seen.AsOfTime);

        var own = await running.Client.Contexts.GetHistoryAsync(new GetHistoryRequest { Facets = { Facet.Sentiment } }, running.Client.AsCustomer(email));
        Assert.Equal(seen.SentimentDays, own.SentimentDays);
        Assert.NotEqual(seen.CustomerId, own.CustomerId);
        var record = Assert.Single((await running.Client.ReadLog(email)).Records, record => record.DisclosureId == seen.DisclosureId);
        Assert.Equal((DisclosureKind.History, "acme"), (record.Kind, record.Tenant));
    }

    [Fact]
    public async Task GetHistory_FromAMomentOn_NothingFromBefore()
    {
        const string email = "window@example.org";
        await running.Client.MakeCustomer(email, "acme");
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(email, "past", 1)), running.Client.AsProgram());
        var now = TimeProvider.System.GetUtcNow();

        var week = await Get(email, request => request.FromTime = now.AddDays(-7).ToTimestamp());
        Assert.All(week.SentimentDays, day => Assert.True(day.DayTime >= now.AddDays(-7).ToTimestamp()));
        Assert.Equal(7, week.SentimentDays.Count);
        Assert.Empty((await Get(email, request => request.UntilTime = now.AddDays(-40).ToTimestamp(), from: now.AddDays(-50))).SentimentDays);
    }

    [Fact]
    public async Task GetHistory_NotGrantedOrUnknown_RefusedAlike()
    {
        await running.Client.MakeCustomer("shut@example.org");
        foreach (var email in (string[])["shut@example.org", "nobody-at-all@example.org"])
        {
            await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.ConsentRequired, () => Get(email));
        }
    }

    [Fact]
    public async Task GetHistory_OtherFacetsOrAnEmptyWindow_Invalid()
    {
        await Refusals.Invalid("facets", () => Get(RunningSilo.Email, request => request.Facets.Add(Facet.Situation)));
        var now = TimeProvider.System.GetUtcNow();
        await Refusals.Invalid("until_time", () => Get(RunningSilo.Email, request => request.UntilTime = now.ToTimestamp(), from: now));
        await Refusals.Invalid("from_time", () => Get(RunningSilo.Email, request => request.FromTime = new Timestamp { Seconds = long.MaxValue }));
    }

    private Task<GetHistoryResponse> Get(string email, Action<GetHistoryRequest>? change = null, DateTimeOffset? from = null)
    {
        var request = new GetHistoryRequest
        {
            Subject = new SubjectIdentifier { Email = email },
            Purpose = Requests.Purpose,
            InteractionId = "call-1",
            FromTime = from?.ToTimestamp(),
        };
        change?.Invoke(request);
        return running.Client.Contexts.GetHistoryAsync(request, running.Client.AsAgent()).ResponseAsync;
    }
}
