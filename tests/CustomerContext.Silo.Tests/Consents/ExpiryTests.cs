using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Silo.Tests.Consents;

/// <summary>What is granted for a time ends at that time, to the tick, for lookups and open streams alike.</summary>
public sealed class ExpiryTests : IAsyncLifetime
{
    // No timer of the silo's own has this length, so one that is due then is the one that a test waits for.
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(9_137);

    private SiloOnFakeTime _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloOnFakeTime.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task GetContext_AtTheEndOfTheGrantAndATickBefore_RefusedAndShown()
    {
        var until = _silo.Time.GetUtcNow() + _soon;
        await _silo.MakeCustomer("looked@example.org", until: until);

        _silo.Time.AdvanceTo(until.AddTicks(-1));
        Assert.True(await _silo.Sees("looked@example.org"));
        _silo.Time.AdvanceTo(until);
        Assert.False(await _silo.Sees("looked@example.org"));
    }

    [Fact]
    public async Task WatchContext_AtTheEndOfTheGrant_EndsThen()
    {
        var until = _silo.Time.GetUtcNow() + _soon;
        await _silo.MakeCustomer("watched@example.org", until: until);
        using var watch = _silo.Watch("watched@example.org");
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.NotNull(watch.ResponseStream.Current.Frame);

        await _silo.Time.TimerDueAt(until);
        _silo.Time.AdvanceTo(until);

        Assert.Equal(WatchEndReason.GrantExpired, await EndOf(watch));
    }

    [Fact]
    public async Task WatchContext_TheConversationIsClosed_EndsThen()
    {
        await _silo.MakeCustomer("closes@example.org", GrantWhen.DuringMyConversations);
        Assert.False(await _silo.Sees("closes@example.org"));
        await _silo.Turn("closes@example.org", ConversationState.Opened, _silo.Time.GetUtcNow());
        using var watch = _silo.Watch("closes@example.org");
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        _silo.Time.Advance(TimeSpan.FromSeconds(1));
        await _silo.Turn("closes@example.org", ConversationState.Closed, _silo.Time.GetUtcNow());

        Assert.Equal(WatchEndReason.GrantExpired, await EndOf(watch));
        Assert.False(await _silo.Sees("closes@example.org"));
    }

    [Fact]
    public async Task WatchContext_TheConversationFallsSilent_EndsThen()
    {
        await _silo.MakeCustomer("silent@example.org", GrantWhen.DuringMyConversations);
        var turn = DateTimeOffset.FromUnixTimeMilliseconds((_silo.Time.GetUtcNow() - TimeSpan.FromHours(24) + _soon).ToUnixTimeMilliseconds());
        await _silo.Turn("silent@example.org", ConversationState.Opened, turn);
        using var watch = _silo.Watch("silent@example.org");
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        // It was said within a millisecond.
        var until = turn + TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1);
        await _silo.Time.TimerDueAt(until);
        _silo.Time.AdvanceTo(until.AddTicks(-1));
        Assert.True(await _silo.Sees("silent@example.org"));
        _silo.Time.AdvanceTo(until);

        Assert.Equal(WatchEndReason.GrantExpired, await EndOf(watch));
    }

    [Fact]
    public async Task WatchContext_TheGrantIsNarrowed_EndsAndOpensAnewWithWhatIsLeft()
    {
        var grant = await _silo.MakeCustomer("narrowed@example.org");
        using var watch = _silo.Watch("narrowed@example.org");
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        var terms = SiloOnFakeTime.Terms();
        terms.Facets[0] = Facet.Situation;

        var updated = await _silo.Consents.UpdateGrantAsync(
            new UpdateGrantRequest { RequestId = "u", GrantId = grant.GrantId, Terms = terms }, _silo.As("narrowed@example.org"));

        Assert.Equal(WatchEndReason.GrantNarrowed, await EndOf(watch));
        Assert.Equal([Facet.Situation], updated.Grant.Terms.Facets);
        using var again = _silo.Watch("narrowed@example.org");
        Assert.True(await again.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Contains(again.ResponseStream.Current.Frame.Withheld, withheld => withheld.Facet == Facet.Conversations);
    }

    [Fact]
    public async Task Redeem_AtTheEndOfTheCodeAndATickBefore_RefusedAndGranted()
    {
        await _silo.MakeCustomer("codes@example.org");
        var one = await Code("codes@example.org", "c1");
        _silo.Time.AdvanceTo(one.ExpiresTime.ToDateTimeOffset().AddTicks(-1));
        Assert.True(await Redeem("codes@example.org", one.Code));

        var two = await Code("codes@example.org", "c2");
        _silo.Time.AdvanceTo(two.ExpiresTime.ToDateTimeOffset());
        Assert.False(await Redeem("codes@example.org", two.Code));
    }

    [Fact]
    public async Task WatchConsentRequests_ARequestLapses_SettledThen()
    {
        const string email = "lapses@example.org";
        await _silo.MakeCustomer(email);
        var terms = SiloOnFakeTime.Terms();
        terms.When = GrantWhen.DuringMyConversations;
        var asking = _silo.Consents.RequestConsentAsync(
            new RequestConsentRequest { RequestId = "a", Subject = new SubjectIdentifier { Email = email }, Terms = terms, InteractionId = "call-1" },
            _silo.AsAgent).ResponseAsync;
        await _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + TimeSpan.FromMilliseconds(25));
        _silo.Time.Advance(TimeSpan.FromMilliseconds(25));
        await asking;

        // The page is asked after the answer. The clock is moved once that is written.
        using (var asked = _silo.Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), _silo.As(email)))
        {
            Assert.True(await asked.ResponseStream.MoveNext(CancellationToken.None));
        }

        _silo.Time.Advance(TimeSpan.FromMinutes(30) - _soon);
        using var stream = _silo.Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), _silo.As(email));
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        var request = stream.ResponseStream.Current.ConsentRequest;

        await _silo.Time.TimerDueAt(request.ExpiresTime.ToDateTimeOffset());
        _silo.Time.AdvanceTo(request.ExpiresTime.ToDateTimeOffset());

        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(request.ConsentRequestId, stream.ResponseStream.Current.SettledId);
    }

    private async Task<CreateSharingCodeResponse> Code(string email, string request) => await _silo.Consents.CreateSharingCodeAsync(
        new CreateSharingCodeRequest { RequestId = request, Tenant = "acme", Terms = SiloOnFakeTime.Terms(), LifetimeDuration = TimeSpan.FromMinutes(1).ToDuration() },
        _silo.As(email));

    private async Task<bool> Redeem(string email, string code)
    {
        var redeeming = _silo.Consents.RedeemSharingCodeAsync(
            new RedeemSharingCodeRequest { RequestId = $"r {code}", Subject = new SubjectIdentifier { Email = email }, Code = code, InteractionId = "call-1" },
            _silo.AsAgent).ResponseAsync;
        var refusal = _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + TimeSpan.FromMilliseconds(25));
        if (await Task.WhenAny(redeeming, refusal) == refusal)
        {
            _silo.Time.Advance(TimeSpan.FromMilliseconds(25));
        }

        try
        {
            await redeeming;
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied)
        {
            return false;
        }
    }

    private static async Task<WatchEndReason> EndOf(AsyncServerStreamingCall<WatchContextResponse> watch)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Ended is null);

        return watch.ResponseStream.Current.Ended.Reason;
    }
}
