using CustomerContext.Domain;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Runtime;

namespace CustomerContext.Silo.Tests.Contexts;

/// <summary>Who else is in a conversation has a name for a company only where both would show it that conversation, for the same purpose and now.</summary>
public sealed class ParticipantTests : IAsyncLifetime
{
    private const string Ann = "ann@example.org";
    private const string Bob = "bob@example.org";

    private SiloOnFakeTime _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await SiloOnFakeTime.Start();
        await _silo.MakeCustomer(Ann);
        await _silo.MakeCustomer(Bob);
        await Talk("acme");
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task GetContext_BothGrantTheSame_TheOtherHasTheIdThatTheCompanyKnows()
    {
        var others = (await Look(Ann)).Context.Conversations.Latest.Single().Counterparties;

        Assert.Equal([ParticipantRole.Agent, ParticipantRole.Customer, ParticipantRole.Customer], others.Select(one => one.Role));
        Assert.Equal(["", (await Look(Bob)).CustomerId, ""], others.Select(one => one.CustomerId));
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("another facet")]
    [InlineData("another purpose")]
    [InlineData("later only")]
    [InlineData("while we talk")]
    [InlineData("another company's sources")]
    [InlineData("not collected")]
    [InlineData("paused")]
    [InlineData("erased")]
    public async Task GetContext_TheOtherAllowsItNoLonger_ARoleWithoutAName(string change)
    {
        Assert.NotEmpty(Other(await Look(Ann)));

        await Change(change);

        Assert.Empty(Other(await Look(Ann)));
    }

    [Fact]
    public async Task GetContext_OneOfBothGrantsAnotherCompany_NamedToNeither()
    {
        await Grant(Ann, "globex", Terms("globex", "acme"));
        Assert.Empty(Other(await Look(Ann, "globex")));
        await Grant(Bob, "globex", Terms("globex"));
        Assert.Empty(Other(await Look(Ann, "globex")));

        await Grant(Bob, "globex", Terms("globex", "acme"));

        Assert.Equal((await Look(Bob, "globex")).CustomerId, Other(await Look(Ann, "globex")));
        Assert.NotEqual(Other(await Look(Ann)), Other(await Look(Ann, "globex")));
    }

    [Fact]
    public async Task GetContext_TheCustomerThemselves_IsToldNobodysId() =>
        Assert.Empty(Other(await _silo.Contexts.GetContextAsync(new GetContextRequest(), _silo.As(Ann))));

    [Fact]
    public async Task GetContext_SomebodyWhomNobodyKnowsIsNamed_AskedLikeACustomerAndGoneSoon()
    {
        var before = await CustomersInMemory();

        await Look(Ann);

        // Otherwise the time of a look told the company whether an address is a customer's.
        Assert.Equal(before + 1, await CustomersInMemory());
        await _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Records.RefusedWrite);
        _silo.Time.Advance(Limits.Records.RefusedWrite);
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await CustomersInMemory() > before)
        {
            tooLong.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task WatchContext_TheOtherRevokes_TheNextFrameHasNoName()
    {
        using var watch = _silo.Watch(Ann);
        var first = await Frame(watch);
        Assert.NotEmpty(first.Counterparties[1].CustomerId);

        await Change("revoked");
        await Talk("acme", "t2");

        var next = await Frame(watch);
        Assert.Equal(2, next.TurnCount);
        Assert.Empty(next.Counterparties[1].CustomerId);
    }

    private async Task<int> CustomersInMemory() => (await _silo.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
        .Where(one => one.GrainType.Contains(nameof(CustomerGrain), StringComparison.Ordinal)).Sum(one => one.ActivationCount);

    private static async Task<Conversation> Frame(AsyncServerStreamingCall<WatchContextResponse> watch)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Frame?.Context.Conversations is null);
        return watch.ResponseStream.Current.Frame.Context.Conversations.Latest.Single();
    }

    private static string Other(GetContextResponse answer) => answer.Context.Conversations.Latest.Single().Counterparties[1].CustomerId;

    private async Task Talk(string tenant, string id = "t1")
    {
        var turn = new Signal
        {
            Id = id,
            Subject = new SubjectIdentifier { Email = Ann },
            OccurredTime = _silo.Time.GetUtcNow().ToTimestamp(),
            Conversation = new ConversationSignal
            {
                ConversationId = "c",
                Channel = "forum",
                Role = ParticipantRole.Customer,
                State = ConversationState.Opened,
                Counterparties =
                {
                    new Counterparty { Role = ParticipantRole.Agent },
                    new Counterparty { Role = ParticipantRole.Customer, Subject = new SubjectIdentifier { Email = Bob } },
                    new Counterparty { Role = ParticipantRole.Customer, Subject = new SubjectIdentifier { Email = "nobody@example.org" } },
                },
            },
        };
        var results = await _silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { turn } }, _silo.With(DevTokens.Actor(tenant, "forum", isPerson: false)));
        Assert.All(results.Results, result => Assert.Equal(SignalOutcome.Accepted, result.Outcome));
    }

    private async Task<GetContextResponse> Look(string email, string tenant = "acme") => await _silo.Contexts.GetContextAsync(
        new GetContextRequest { Subject = new SubjectIdentifier { Email = email }, Purpose = SiloOnFakeTime.Purpose, InteractionId = "call-1" },
        _silo.With(DevTokens.Actor(tenant)));

    private async Task<Grant> Grant(string email, string tenant, GrantTerms terms) => (await _silo.Consents.CreateGrantAsync(
        new CreateGrantRequest { RequestId = Guid.CreateVersion7().ToString(), Tenant = tenant, Terms = terms }, _silo.As(email))).Grant;

    private static GrantTerms Terms(params string[] sources)
    {
        var terms = SiloOnFakeTime.Terms();
        terms.Sources.Add(sources);
        terms.IncludeEarlier = true;
        return terms;
    }

    private async Task Change(string change)
    {
        var (terms, me) = (Terms("acme"), _silo.As(Bob));
        switch (change)
        {
            case "another facet":
                terms.Facets[0] = Facet.Situation;
                break;
            case "another purpose":
                terms.Purposes[0] = "service.complaint";
                break;
            case "later only":
                terms.IncludeEarlier = false;
                break;
            case "while we talk":
                terms.When = GrantWhen.DuringMyConversations;
                break;
            case "another company's sources":
                terms = Terms("globex");
                break;
            case "not collected":
                await _silo.Consents.SetPreferencesAsync(
                    new SetPreferencesRequest { RequestId = "n", Preferences = new Preferences(), UpdateMask = new FieldMask { Paths = { "collect" } } }, me);
                return;
            case "paused":
                await _silo.Consents.PauseAllAsync(new PauseAllRequest { RequestId = "s" }, me);
                return;
            case "erased":
                await _silo.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "e" }, me);
                return;
        }

        var old = (await _silo.Consents.ListGrantsAsync(new ListGrantsRequest(), me)).Grants.Single();
        _silo.Time.Advance(TimeSpan.FromSeconds(1));
        await _silo.Consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = "r", GrantId = old.GrantId }, me);
        if (change != "revoked")
        {
            await Grant(Bob, "acme", terms);
        }
    }
}
