using CustomerContext.Domain;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Interactions;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Tests.Background;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.Silo.Tests.Joins;

/// <summary>An interaction goes on under another id while somebody says yes in it: the company's next look is answered, wherever between its steps the yes is overtaken.</summary>
public sealed class CarriedYesTests : IAsyncLifetime, IDisposable
{
    private const string Email = "carried@example.org";

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private readonly TempFolder _data = new();
    private readonly HeldCall _held = new();
    private readonly HeldCall _heldNext = new();
    private readonly LogLines _log = new();
    private GroupSilo _silo = null!;
    private GrpcChannel _channel = null!;
    private DevTokens _tokens = null!;

    private ConsentService.ConsentServiceClient Consents => new(_channel);

    private ContextService.ContextServiceClient Contexts => new(_channel);

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path, TimeProvider.System, services =>
        {
            services.AddSingleton<IIncomingGrainCallFilter>(_held).AddSingleton<IIncomingGrainCallFilter>(_heldNext);
            _log.Wrap(services);
        });
        _channel = GrpcChannel.ForAddress(_silo.Grpc);
        _tokens = DevTokens.In(_data.Path);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _silo.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(nameof(IInteractionGrain), nameof(IInteractionGrain.Add), false)]
    [InlineData(nameof(IInteractionGrain), nameof(IInteractionGrain.Add), true)]
    [InlineData(nameof(ICustomerGrain), nameof(ICustomerGrain.Enrol), false)]
    [InlineData(nameof(ICustomerGrain), nameof(ICustomerGrain.Enrol), true)]
    public async Task AcceptJoin_TheCallGoesOnBetweenTheClaimAndAStep_TheNextLookIsAnswered(string grain, string step, bool oldEnds)
    {
        var asked = await Ask(null);
        _held.Hold(grain, step);
        var yes = Accept(asked);
        await _held.Reached;

        await GoOn(oldEnds);
        _held.Release();

        await AnsweredAfter(yes, asked, oldEnds: oldEnds);
    }

    [Theory]
    [InlineData(nameof(IInteractionGrain), nameof(IInteractionGrain.Add), false)]
    [InlineData(nameof(IInteractionGrain), nameof(IInteractionGrain.Add), true)]
    [InlineData(nameof(ICustomerGrain), nameof(ICustomerGrain.DecideConsent), false)]
    [InlineData(nameof(ICustomerGrain), nameof(ICustomerGrain.DecideConsent), true)]
    public async Task DecideConsent_TheCallGoesOnBetweenTheClaimAndAStep_TheNextLookIsAnswered(string grain, string step, bool oldEnds)
    {
        var asked = await Ask(Email);
        var yes = await Decide(asked, grain, step);

        await GoOn(oldEnds);
        _held.Release();

        await AnsweredAfter(yes, asked, oldEnds: oldEnds);
    }

    [Theory]
    [InlineData("leg-1", nameof(IInteractionGrain), nameof(IInteractionGrain.Add))]
    [InlineData("leg-1", nameof(ICustomerGrain), nameof(ICustomerGrain.DecideConsent))]
    [InlineData("leg-2", nameof(IInteractionGrain), nameof(IInteractionGrain.Add))]
    [InlineData("leg-2", nameof(ICustomerGrain), nameof(ICustomerGrain.DecideConsent))]
    public async Task DecideConsent_WheneverWeTalkAndTheCallGoesOnMeanwhile_ItStaysOneCall(string keptIn, string grain, string step)
    {
        var asked = await Ask(Email, GrantWhen.DuringMyConversations);
        if (keptIn == "leg-2")
        {
            await GoOn("leg-1", "leg-2");
        }

        var yes = await Decide(asked, grain, step);
        if (keptIn == "leg-1")
        {
            await GoOn("leg-1", "leg-2");
        }

        await GoOn("leg-2", "leg-3");
        _held.Release();
        await yes;

        var changes = (await Consents.ListDisclosuresAsync(new ListDisclosuresRequest(), As(DevTokens.Customer(Email)))).Disclosures.Select(one => one.ConsentChange?.Kind).ToArray();
        Assert.Equal(keptIn == "leg-1" ? 2 : 1, changes.Count(kind => kind == ConsentChangeKind.InteractionContinued));
        Assert.DoesNotContain(ConsentChangeKind.InteractionBegun, changes);
        await AnsweredAfter(yes, asked, "leg-3");
    }

    [Fact]
    public async Task ContinueInteraction_TheWholeYesFallsBetweenItsSteps_TheNextLookIsAnsweredUntilTheNewIdEnds()
    {
        var asked = await Ask(null);
        _held.Hold(nameof(IJoinGrain), nameof(IJoinGrain.Continue));
        var going = GoOn(oldEnds: true);
        await _held.Reached;

        var yes = Accept(asked);
        await yes;
        _held.Release();
        await going;

        await AnsweredAfter(yes, asked);
    }

    [Fact]
    public async Task ContinueInteraction_TheNewIdEndsBetweenItsSteps_RefusedAndTheIdStaysOver()
    {
        var asked = await Ask(null);
        await Accept(asked);
        _held.Hold(nameof(ICustomerGrain), nameof(ICustomerGrain.ContinueCall));
        var going = GoOn("leg-1", "leg-2");
        await _held.Reached;

        await End("leg-2");
        _held.Release();

        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => going)).StatusCode);
        var customer = (await Told(asked)).CustomerId;
        await Look(customer, "leg-1");
        await LookRefused(customer, "leg-2");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AcceptJoin_TheCallGoesOnTwiceMeanwhile_TheIdBetweenIsAnsweredWhileItIsOpen(bool betweenEnds)
    {
        var asked = await Ask(null);
        _held.Hold(nameof(ICustomerGrain), nameof(ICustomerGrain.Enrol));
        var yes = Accept(asked);
        await _held.Reached;
        await GoOn("leg-1", "leg-2");
        await GoOn("leg-2", "leg-3");
        if (betweenEnds)
        {
            await End("leg-2");
        }

        _held.Release();
        await yes;

        var customer = (await Told(asked)).CustomerId;
        await Look(customer, "leg-3");
        if (!betweenEnds)
        {
            await Look(customer, "leg-2");
            await End("leg-2");
        }

        await LookRefused(customer, "leg-2");
        await Look(customer, "leg-1");
    }

    [Fact]
    public async Task AcceptJoin_TheCallEndsWhileTheYesFollowsIt_NothingOfTheYesOpensAnyMore()
    {
        var asked = await Ask(null);
        _held.Hold(nameof(ICustomerGrain), nameof(ICustomerGrain.Enrol));
        var yes = Accept(asked);
        await _held.Reached;
        await GoOn("leg-1", "leg-2");
        _heldNext.Hold(nameof(ICustomerGrain), nameof(ICustomerGrain.FinishEnrolment));
        _held.Release();
        await _heldNext.Reached;

        var customer = _heldNext.Key!;
        await End("leg-2");
        _heldNext.Release();

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => yes)).StatusCode);
        var consent = await _silo.Grains.GetGrain<ICustomerGrain>(customer).GetConsent();
        Assert.NotNull(Assert.Single(consent.Grants).EndedAt);
        Assert.DoesNotContain(consent.Calls, call => call.Ids.Length > 0);
    }

    [Fact]
    public async Task AcceptJoin_NoRoomInTheInteractionThatItWentOnIn_TheCompanyIsNotToldAndTheOperatorIs()
    {
        var asked = await Ask(null);
        _held.Hold(nameof(IInteractionGrain), nameof(IInteractionGrain.Add));
        var yes = Accept(asked);
        await _held.Reached;
        await GoOn("leg-1", "leg-2");
        foreach (var number in Enumerable.Range(1, Limits.Calls.CustomersPerInteraction))
        {
            await Contexts.BeginInteractionAsync(
                new BeginInteractionRequest { RequestId = $"b{number}", InteractionId = "leg-2", Subject = new SubjectIdentifier { Email = $"other-{number}@example.org" } },
                As(DevTokens.Actor("acme", isPerson: false)));
        }

        _held.Release();
        await yes;

        Assert.Equal(ConsentRequestState.Waiting, (await Told(asked)).State);
        Assert.Single(_log.About("settling a yes"));
    }

    private Task<AcceptJoinResponse> Accept(RequestConsentResponse asked) => Consents.AcceptJoinAsync(
        new AcceptJoinRequest { RequestId = "e", Code = asked.JoinCode, Digits = asked.SpokenDigits, Session = new string('s', 24), ForMyself = true, OfAge = true },
        deadline: Deadline).ResponseAsync;

    /// <summary>The customer's page says yes; its step is held.</summary>
    private async Task<Task> Decide(RequestConsentResponse asked, string grain, string step)
    {
        using (var page = Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), As(DevTokens.Customer(Email))))
        {
            Assert.True(await page.ResponseStream.MoveNext(CancellationToken.None));
        }

        _held.Hold(grain, step);
        var decision = new DecideConsentRequest { RequestId = "d", ConsentRequestId = asked.ConsentRequestId, Decision = ConsentDecision.Approve };
        var yes = Consents.DecideConsentAsync(decision, As(DevTokens.Customer(Email))).ResponseAsync;
        await _held.Reached;
        return yes;
    }

    /// <summary>Asks; somebody who is named is a customer by then.</summary>
    private async Task<RequestConsentResponse> Ask(string? email, GrantWhen when = GrantWhen.Unspecified)
    {
        if (email is not null)
        {
            var preferences = new Preferences { OfAge = true, Collect = { "acme" } };
            await Consents.SetPreferencesAsync(
                new SetPreferencesRequest { RequestId = "p", Preferences = preferences, UpdateMask = new FieldMask { Paths = { "of_age", "collect" } } }, As(DevTokens.Customer(email)));
        }

        return await Consents.RequestConsentAsync(
            new RequestConsentRequest
            {
                RequestId = "a",
                Subject = email is null ? null : new SubjectIdentifier { Email = email },
                Terms = new GrantTerms { Purposes = { "service.support" }, When = when },
                InteractionId = "leg-1",
            },
            As(DevTokens.Actor("acme")));
    }

    private async Task GoOn(bool oldEnds)
    {
        await GoOn("leg-1", "leg-2");
        if (oldEnds)
        {
            await End("leg-1");
        }
    }

    private async Task GoOn(string leg, string next) => await Contexts.ContinueInteractionAsync(
        new ContinueInteractionRequest { RequestId = $"to {next}", InteractionId = leg, NewInteractionId = next }, As(DevTokens.Actor("acme")));

    private async Task End(string leg) => await Contexts.EndInteractionAsync(new EndInteractionRequest { RequestId = leg, InteractionId = leg }, As(DevTokens.Actor("acme")));

    /// <summary>The company is told of the yes, and looks; in an id that has ended it looks in vain.</summary>
    private async Task AnsweredAfter(Task yes, RequestConsentResponse asked, string leg = "leg-2", bool oldEnds = false)
    {
        await yes;
        var status = await Told(asked);
        Assert.Equal(ConsentRequestState.Granted, status.State);
        await Look(status.CustomerId, leg);
        if (oldEnds)
        {
            await LookRefused(status.CustomerId, "leg-1");
        }

        await End(leg);
        await LookRefused(status.CustomerId, leg);
    }

    /// <summary>What the company is told of the request now.</summary>
    private async Task<ConsentRequestStatus> Told(RequestConsentResponse asked)
    {
        using var watch = Consents.WatchConsentRequest(new WatchConsentRequestRequest { ConsentRequestId = asked.ConsentRequestId }, As(DevTokens.Actor("acme")));
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        return watch.ResponseStream.Current.Status;
    }

    private async Task Look(string customer, string interaction) => await Contexts.GetContextAsync(
        new GetContextRequest { Subject = new SubjectIdentifier { CustomerId = customer }, Purpose = "service.support", InteractionId = interaction }, As(DevTokens.Actor("acme")));

    private async Task LookRefused(string customer, string interaction) =>
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => Look(customer, interaction))).StatusCode);

    private CallOptions As(IReadOnlyDictionary<string, object> claims) => new(new Metadata { { "authorization", $"Bearer {_tokens.Sign(claims)}" } }, Deadline);

    private static DateTime Deadline => (TimeProvider.System.GetUtcNow() + _longest).UtcDateTime;

    /// <summary>Holds the first call of one method of a grain, before it begins.</summary>
    private sealed class HeldCall : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string? _method;

        public Task Reached => _reached.Task;

        /// <summary>Of the grain whose call is held.</summary>
        public string? Key { get; private set; }

        public void Hold(string grain, string method) => Volatile.Write(ref _method, $"{grain}.{method}");

        public void Release() => _released.SetResult();

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if ($"{context.InterfaceMethod.DeclaringType!.Name}.{context.MethodName}" == Volatile.Read(ref _method) && Interlocked.Exchange(ref _method, null) is not null)
            {
                Key = context.TargetId.Key.ToString();
                _reached.SetResult();
                await _released.Task;
            }

            await context.Invoke();
        }
    }
}
