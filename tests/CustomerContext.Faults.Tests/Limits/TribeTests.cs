using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>Who may see which tribe, for what; ties and tribes as signals, and what they do not tell.</summary>
public sealed class TribeTests(RunningSilo running) : IClassFixture<RunningSilo>, IDisposable
{
    private const string Tribe = "e-bikers";

    private readonly Grpc.Net.Client.GrpcChannel _channel = Grpc.Net.Client.GrpcChannel.ForAddress(running.Silo.Grpc);

    private TribeService.TribeServiceClient Tribes => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task GetTribe_NobodyHeard_TribeWithoutRelease()
    {
        var answer = await Tribes.GetTribeAsync(new GetTribeRequest { TribeId = Tribe, Purpose = Requests.Purpose }, AsAnalyst());

        Assert.Equal("E-bikers", answer.Tribe.DisplayName);
        Assert.Null(answer.Release);
    }

    [Fact]
    public Task GetTribe_Unknown_NotFound() => Refusals.Refused(
        StatusCode.NotFound,
        ErrorReason.NotFound,
        () => Tribes.GetTribeAsync(new GetTribeRequest { TribeId = "nowhere", Purpose = Requests.Purpose }, AsAnalyst()).ResponseAsync);

    [Fact]
    public Task GetTribe_IdOnePastTheLimit_Invalid() => Refusals.Invalid(
        "tribe_id", () => Tribes.GetTribeAsync(new GetTribeRequest { TribeId = new string('a', 65), Purpose = Requests.Purpose }, AsAnalyst()).ResponseAsync);

    [Fact]
    public Task GetTribe_PurposeClosedToTribes_NotAllowed() => Refusals.Refused(
        StatusCode.PermissionDenied,
        ErrorReason.CallerNotAllowed,
        () => Tribes.GetTribeAsync(new GetTribeRequest { TribeId = Tribe, Purpose = "sales.advice" }, AsAnalyst()).ResponseAsync);

    [Fact]
    public Task GetTribe_WithoutScope_NotAllowed() => Refusals.Refused(
        StatusCode.PermissionDenied,
        ErrorReason.CallerNotAllowed,
        () => Tribes.GetTribeAsync(new GetTribeRequest { TribeId = Tribe, Purpose = Requests.Purpose }, running.Client.AsAgent()).ResponseAsync);

    [Fact]
    public async Task GetTrends_PurposeClosedToTribes_OpenForTrends()
    {
        var answer = await Tribes.GetTrendsAsync(new GetTrendsRequest { TribeId = Tribe, Purpose = "sales.advice" }, AsAnalyst());

        Assert.Empty(answer.Points);
    }

    [Fact]
    public async Task ListTribes_PageByPage_AllOnceByIdAndByTopic()
    {
        var all = new List<string>();
        var request = new ListTribesRequest { PageSize = 1, Purpose = Requests.Purpose };
        do
        {
            var page = await Tribes.ListTribesAsync(request, AsAnalyst());
            all.AddRange(page.Tribes.Select(tribe => tribe.TribeId));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["coffee-lovers", "e-bikers", "home-gardeners", "night-owls"], all);
        var about = await Tribes.ListTribesAsync(new ListTribesRequest { Purpose = Requests.Purpose, Topic = "Garden" }, AsAnalyst());
        Assert.Equal("home-gardeners", Assert.Single(about.Tribes).TribeId);
    }

    [Fact]
    public async Task ListTribes_Customer_OnlyTheirOwn()
    {
        const string Email = "joiner@example.org";
        await running.Client.Consents.SetPreferencesAsync(Requests.Preferences("customer"), running.Client.AsCustomer(Email));
        await Say(Email, signal => signal.Membership = new MembershipSignal { TribeId = Tribe, Change = MembershipChange.Joined });

        var own = await Tribes.ListTribesAsync(new ListTribesRequest(), running.Client.AsCustomer(Email));
        Assert.Equal(Tribe, Assert.Single(own.Tribes).TribeId);
        await Refusals.Refused(
            StatusCode.NotFound,
            ErrorReason.NotFound,
            () => Tribes.GetTribeAsync(new GetTribeRequest { TribeId = "night-owls" }, running.Client.AsCustomer(Email)).ResponseAsync);
    }

    [Fact]
    public async Task Publish_TieToSomebodyUnknown_AcceptedLikeAnyOther()
    {
        foreach (var other in (string[])[RunningSilo.Email, "nobody-at-all@example.org"])
        {
            var result = await Claim(signal => signal.Relationship = new RelationshipSignal
            {
                Other = new SubjectIdentifier { Email = other },
                Kind = RelationshipKind.Friend,
                Change = RelationshipChange.Began,
            });
            Assert.Equal(SignalOutcome.Accepted, result.Outcome);
        }
    }

    [Fact]
    public async Task Publish_TribeThatIsNone_RefusedWithTheField()
    {
        var result = await Claim(signal => signal.Membership = new MembershipSignal { TribeId = "nowhere", Change = MembershipChange.Joined });

        Assert.Equal((ErrorReason.InvalidArgument, "signals[0].membership.tribe_id"), (result.Status.Reason, result.Status.Field));
    }

    [Fact]
    public async Task Publish_ReputationNameOnePastTheLimit_RefusedWithTheField()
    {
        var atTheLimit = await Claim(signal => signal.Reputation = new ReputationSignal { Kind = ReputationKind.Badge, Name = new string('a', 40) });
        var onePast = await Claim(signal => signal.Reputation = new ReputationSignal { Kind = ReputationKind.Badge, Name = new string('a', 41) });

        Assert.Equal(SignalOutcome.Accepted, atTheLimit.Outcome);
        Assert.Equal("signals[0].reputation.name", onePast.Status.Field);
    }

    private CallOptions AsAnalyst() => SiloClient.With(running.Silo.Tokens.Sign(DevTokens.Actor("acme", "analyst-1", isPerson: false, scope: "tribe.read")));

    private async Task<SignalResult> Claim(Action<Signal> fill)
    {
        var signal = Requests.Turn(RunningSilo.Email, Requests.NewId(), 1);
        fill(signal);
        return Assert.Single((await running.Client.Signals.PublishSignalsAsync(Requests.Publish(signal), running.Client.AsAgent())).Results);
    }

    private async Task Say(string email, Action<Signal> fill)
    {
        var signal = Requests.Turn(email, Requests.NewId(), 1);
        signal.Subject = null;
        fill(signal);
        var answer = await running.Client.Signals.PublishSignalsAsync(Requests.Publish(signal), running.Client.AsCustomer(email));
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(answer.Results).Outcome);
    }
}
