using CustomerContext.Domain;
using CustomerContext.Grains.Joins;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Tests.Consents;

/// <summary>How the customer's issuer is polled, on a clock that the test moves; oidc-provider itself is asked in the fault tests.</summary>
public sealed class CibaPollTests : IAsyncLifetime
{
    private const string Account = "device";
    private const string Other = "other-device";
    private const string Email = $"{Account}@example.org";

    private SiloOnFakeTime _silo = null!;
    private ScriptedIssuer _issuer = null!;
    private DateTimeOffset _asked;

    public async Task InitializeAsync()
    {
        // Its own clock is that of the silo, which is not there yet: the issuer reads it through this.
        var clock = new LateTime();
        _issuer = await ScriptedIssuer.Start(clock);
        _silo = await SiloOnFakeTime.Start(
            $"--CustomerContext:Ciba:0:Issuer={_issuer.Issuer}", "--CustomerContext:Ciba:0:ClientId=customercontext-ciba", "--CustomerContext:Ciba:0:ClientSecret=secret");
        clock.Inner = _silo.Time;
        foreach (var account in (string[])[Account, Other])
        {
            var me = _silo.As($"{account}@example.org");
            await _silo.Consents.SetPreferencesAsync(
                new SetPreferencesRequest { RequestId = "p", Preferences = new Preferences { OfAge = true }, UpdateMask = new FieldMask { Paths = { "of_age" } } }, me);
            foreach (var isSecond in (bool[])[false, true])
            {
                await _silo.Identities.LinkIdentifierAsync(
                    new LinkIdentifierRequest { RequestId = $"l{isSecond}", Identifier = SubjectOf(account), VerificationCode = isSecond ? _silo.LastCode : "" }, me);
            }
        }
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Ask_SlowDown_AddsFiveSecondsToEveryLaterPoll()
    {
        _issuer.Answers("authorization_pending", "slow_down", "authorization_pending", $"approve {Account}");
        var asked = await Ask();

        await Polled(7, 14, 26, 38);

        await Settled(asked);
        Assert.Equal("acme", (await Grants()).Single().Tenant);
        Assert.Equal([7, 14, 26, 38], _issuer.Polls.Select(at => (int)(at - _asked).TotalSeconds));
    }

    [Fact]
    public async Task Ask_ManyPolls_TheIssuerIsDiscoveredOnce()
    {
        _issuer.Answers("authorization_pending", "authorization_pending", $"approve {Account}");
        var asked = await Ask();

        await Polled(7, 14, 21);

        await Settled(asked);
        Assert.Equal((1, 3), (_issuer.Discoveries, _issuer.Polls.Count));
    }

    [Fact]
    public async Task Ask_AnExpiryThatIsNoNumber_OursIsUsed()
    {
        _issuer.ExpiresIn = "soon";
        _issuer.Answers("access_denied");
        var asked = await Ask();

        await Polled(7);

        await Settled(asked);
        Assert.Single(_issuer.Polls);
    }

    [Fact]
    public async Task Ask_TheIssuerHasTrouble_IsAskedLessOftenUntilItAnswers()
    {
        _issuer.Answers("503", "access_denied");
        var asked = await Ask();

        await Polled(7, 21);

        await Settled(asked);
        Assert.Empty(await Grants());
    }

    [Fact]
    public async Task Ask_ExpiredAtTheIssuer_IsNotAskedAgainAndTheRequestWaits()
    {
        _issuer.Answers("expired_token", $"approve {Other}");
        var asked = await Ask();
        var waits = asked.ConsentRequest.ConsentRequestId;
        await Polled(7);

        // Another one is asked and settled meanwhile: had the first been asked again, that would show.
        await AnotherIsSettled();

        Assert.Equal(2, _issuer.Polls.Count);
        var request = new DecideConsentRequest { RequestId = "d", ConsentRequestId = waits, Decision = ConsentDecision.Approve };
        Assert.Equal("acme", (await _silo.Consents.DecideConsentAsync(request, _silo.As(Email))).Grant.Tenant);
    }

    [Fact]
    public async Task Ask_ATokenThatTheIssuerDidNotSign_GrantsNothing()
    {
        _issuer.Answers($"forge {Account}", $"approve {Other}");
        await Ask();
        await Polled(7);
        await AnotherIsSettled();

        Assert.Empty(await Grants());
    }

    /// <summary>A device that showed the terms gives them; one that may have shown others gives this call and what the company sent itself.</summary>
    [Theory]
    [InlineData("shown", new[] { SourceOwner.Own, SourceOwner.Mine })]
    [InlineData("altered", new[] { SourceOwner.Own })]
    [InlineData("approve", new[] { SourceOwner.Own })]
    public async Task Ask_AnIssuerThatShowsTerms_GivesWhatItSaysItShowed(string answer, SourceOwner[] owners)
    {
        _issuer.ShowsTerms = true;
        _issuer.Answers($"{answer} {Account}");
        var asked = await Ask();
        await Polled(7);
        await Settled(asked);

        var terms = Assert.Single(await Grants()).Terms;
        Assert.Equal(owners, terms.Owners);
        Assert.Equal([SiloOnFakeTime.Purpose], terms.Purposes);
    }

    private SubjectIdentifier SubjectOf(string account) => new() { IssSub = new IssuerSubject { Iss = _issuer.Issuer, Sub = account } };

    /// <summary>
    /// An agent asks, and the first poll is due. What the customer is told of it. No stream stays open while the clock is moved: the silo's
    /// own threads may be writing to it still, and the moved clock would find them too slow.
    /// </summary>
    private async Task<WatchConsentRequestsResponse> Ask(string account = Account)
    {
        // Away from the timers of what was asked before.
        _silo.Time.Advance(TimeSpan.FromMilliseconds(370));
        _asked = _silo.Time.GetUtcNow();
        var asking = _silo.Consents.RequestConsentAsync(
            new RequestConsentRequest { RequestId = $"ask {account}", Subject = SubjectOf(account), Terms = SiloOnFakeTime.Terms(GrantWhen.ThisCallOnly), InteractionId = $"call {account}" }, _silo.AsAgent).ResponseAsync;

        // The answer waits for its floor, and the device is asked meanwhile. Both timers count from here: the clock moves when both are set.
        await _silo.Time.TimerDueAt(_asked + Limits.Requests.RefusalFloor);
        await _silo.Time.TimerDueAt(_asked + TimeSpan.FromSeconds(ScriptedIssuer.Interval));
        _silo.Time.Advance(Limits.Requests.RefusalFloor);
        await Delivered((await asking).ConsentRequestId);
        using var stream = _silo.Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), _silo.As($"{account}@example.org"));
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        return stream.ResponseStream.Current;
    }

    /// <summary>The request's grain still writes down that it has asked, and a write has a deadline on the clock: it must be over before that is moved.</summary>
    private async Task Delivered(string request)
    {
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _silo.Grains.GetGrain<IJoinGrain>(request).Get() is { IsDelivered: false })
        {
            tooLong.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task AnotherIsSettled()
    {
        var asked = await Ask(Other);
        await Polled(7);
        await Settled(asked, Other);
    }

    /// <summary>Moves the clock to each poll when it is due; each is due only once the one before was answered.</summary>
    private async Task Polled(params int[] seconds)
    {
        foreach (var second in seconds)
        {
            await _silo.Time.TimerDueAt(_asked + TimeSpan.FromSeconds(second));
            _silo.Time.AdvanceTo(_asked + TimeSpan.FromSeconds(second));
        }
    }

    private async Task<IReadOnlyList<Grant>> Grants() => (await _silo.Consents.ListGrantsAsync(new ListGrantsRequest(), _silo.As(Email))).Grants;

    private async Task Settled(WatchConsentRequestsResponse asked, string account = Account)
    {
        using var stream = _silo.Consents.WatchConsentRequests(new WatchConsentRequestsRequest { ResumeToken = asked.ResumeToken }, _silo.As($"{account}@example.org"));
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(asked.ConsentRequest.ConsentRequestId, stream.ResponseStream.Current.SettledId);
    }

    private sealed class LateTime : TimeProvider
    {
        public TimeProvider Inner { get; set; } = System;

        public override DateTimeOffset GetUtcNow() => Inner.GetUtcNow();
    }
}
