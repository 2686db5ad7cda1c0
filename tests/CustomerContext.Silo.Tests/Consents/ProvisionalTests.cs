using CustomerContext.Domain;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Tests.Attention;
using CustomerContext.Testing;
using CustomerContext.V1;

namespace CustomerContext.Silo.Tests.Consents;

/// <summary>What holds for people who said yes in a call and have no sign-in, on a clock that the test moves.</summary>
public sealed class ProvisionalTests : IAsyncLifetime
{
    private SiloOnFakeTime _silo = null!;

    private DateTimeOffset Now => _silo.Time.GetUtcNow();

    public async Task InitializeAsync() => _silo = await SiloOnFakeTime.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task GetContext_AYesThatNobodyUsedForAnHour_AMomentBeforeAnsweredAndThenRefused()
    {
        var (one, other) = (await Ask("call-1"), await Ask("call-2"));
        var (used, unused) = (await SayYes(one), await SayYes(other));
        var lapses = Now + Limits.Calls.Unused;

        _silo.Time.AdvanceTo(lapses.AddTicks(-1));
        Assert.True(await _silo.Sees(used, "call-1"));
        _silo.Time.AdvanceTo(lapses);
        Assert.False(await _silo.Sees(unused, "call-2"));
        Assert.True(await _silo.Sees(used, "call-1"));
    }

    [Fact]
    public async Task GetContext_AQuestionThatNobodyAnswers_ShowsInTheCallAloneAndInNoQueue()
    {
        var subject = await SayYes(await Ask("call-1"));
        var turn = Waiting.Turn("q", Now, ParticipantRole.Customer, ConversationState.Opened);
        turn.Subject = subject;
        var program = _silo.With(DevTokens.Actor("acme", "chat", isPerson: false));
        Assert.Null(Assert.Single((await _silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { turn } }, program)).Results).Status);

        var look = new GetContextRequest { Subject = subject, Purpose = SiloOnFakeTime.Purpose, InteractionId = "call-1" };
        Assert.Equal("q", Assert.Single((await _silo.Contexts.GetContextAsync(look, _silo.AsAgent)).Context.Attention.Items).ConversationId);
        Assert.Empty((await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose }, _silo.AsActor("ada"))).Works);

        await _silo.Contexts.EndInteractionAsync(new EndInteractionRequest { RequestId = "end", InteractionId = "call-1" }, _silo.AsAgent);
        Assert.False(await _silo.Sees(subject, "call-1"));
        Assert.False(await _silo.Sees(subject, "call-2"));
        Assert.Empty((await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose }, _silo.AsActor("ada"))).Works);
    }

    /// <summary>An agent asks whoever is on the line.</summary>
    private async Task<RequestConsentResponse> Ask(string interaction)
    {
        var floor = Now + Limits.Requests.RefusalFloor;
        var asking = _silo.Consents.RequestConsentAsync(
            new RequestConsentRequest { RequestId = interaction, Terms = new GrantTerms { Purposes = { SiloOnFakeTime.Purpose } }, InteractionId = interaction }, _silo.AsAgent).ResponseAsync;
        await _silo.Time.TimerDueAt(floor);
        _silo.Time.AdvanceTo(floor);
        var asked = await asking;

        // The request's grain still writes down that it has asked, and a write has a deadline on the clock.
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _silo.Grains.GetGrain<IJoinGrain>(asked.ConsentRequestId).Get() is { IsDelivered: false })
        {
            tooLong.Token.ThrowIfCancellationRequested();
        }

        return asked;
    }

    /// <summary>Somebody who was nobody says yes, and keeps what is sent for later too.</summary>
    /// <returns>The company's id of them.</returns>
    private async Task<SubjectIdentifier> SayYes(RequestConsentResponse asked)
    {
        var yes = new AcceptJoinRequest
        {
            RequestId = "yes",
            Code = asked.JoinCode,
            Digits = asked.SpokenDigits,
            Session = new string('s', 24),
            ForMyself = true,
            OfAge = true,
            KeepForLater = true,
        };
        var accepted = await _silo.Consents.AcceptJoinAsync(yes, deadline: (TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1)).UtcDateTime);
        Assert.Equal(AcceptJoinOutcome.Accepted, accepted.Outcome);
        using var watch = _silo.Consents.WatchConsentRequest(new WatchConsentRequestRequest { ConsentRequestId = asked.ConsentRequestId }, _silo.AsAgent);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        return new SubjectIdentifier { CustomerId = watch.ResponseStream.Current.Status.CustomerId };
    }
}
