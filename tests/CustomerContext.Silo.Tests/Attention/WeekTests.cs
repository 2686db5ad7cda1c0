using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>A question under a grant "during my conversations", over the days in which nobody answers it.</summary>
public sealed class WeekTests : IAsyncLifetime, IDisposable
{
    private static readonly TenantId _acme = new("acme");
    private static readonly Purpose _support = new("service.support");
    private static readonly CustomerKey _customer = new($"{1:x32}");

    private readonly TempFolder _data = new();
    private readonly JumpingTime _calendar = new();
    private GroupSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path, _calendar);
        var customer = _silo.Customer(_customer);
        await customer.SetPreferences(new SetPreferences("p", Preferences.Off with { OfAge = true, Collect = SourceScope.Of([_acme], []) }));
        var terms = new GrantTerms(
            [_support], FacetSet.Of(Facet.Attention).Union(FacetSet.Of(Facet.Situation)), SourceScope.None, null, null, GrantWhen.DuringMyConversations, IncludeEarlier: true);
        Assert.True((await customer.CreateGrant(new CreateGrant("g", _acme, terms))).IsOk);
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => _data.Dispose();

    /// <summary>A support subscriber's question is escalated after a day without an answer, nobody else's ever.</summary>
    [Theory]
    [InlineData("gold", AttentionStage.Escalated)]
    [InlineData("basic", AttentionStage.Waiting)]
    [InlineData("none", AttentionStage.Waiting)]
    public async Task List_NobodyAnswersForAWeek_StaysInTheQueueAndOpensNothingElse(string tier, AttentionStage stage)
    {
        await Publish(Trait(tier), Turn(Role.Customer, ConversationState.Opened));
        var asked = Assert.Single(await List());
        Assert.Equal(AttentionStage.Waiting, asked.StageAt(_calendar.GetUtcNow()));
        for (var day = 1; day <= 7; day++)
        {
            _calendar.Jump(TimeSpan.FromDays(1));
            var work = Assert.Single(await List());
            Assert.Equal((asked.Id, stage), (work.Id, work.StageAt(_calendar.GetUtcNow())));
        }

        var look = (await Look()).Value!;
        Assert.Equal(Facet.Attention, Assert.Single(look.Parts.SelectMany(part => part.Facets.Each())));
        Assert.Equal([new WithheldFacet(Facet.Situation, WithheldReason.NoOpenConversation)], look.Withheld.ToArray());

        await Publish(Turn(Role.Agent, ConversationState.Answered));
        Assert.Empty(await List());
        _calendar.Jump(TimeSpan.FromDays(2));
        Assert.Equal(RefusalReason.ConsentRequired, (await Look()).Refusal?.Reason);
    }

    [Fact]
    public async Task List_NobodyEverAnswers_IsGoneAfterFourteenDays()
    {
        var at = _calendar.GetUtcNow();
        await Publish(Turn(Role.Customer, ConversationState.Opened));

        _calendar.JumpTo(at + Limits.Attention.GivenUpAfter - TimeSpan.FromTicks(1));
        Assert.Single(await List());
        Assert.True((await Look()).IsOk);
        _calendar.JumpTo(at + Limits.Attention.GivenUpAfter);
        Assert.Empty(await List());
        Assert.Equal(RefusalReason.ConsentRequired, (await Look()).Refusal?.Reason);
    }

    private Task Publish(params Signal[] signals) => _silo.Publish(_customer, [.. signals.Select(signal => new ScoredSignal(signal, null))]);

    private TraitSignal Trait(string tier) => new()
    {
        Id = "tier",
        Source = SourceId.Of(_acme, "chat"),
        OccurredAt = _calendar.GetUtcNow(),
        Name = TraitName.SupportTier,
        Value = tier,
    };

    private ConversationSignal Turn(Role role, ConversationState state) => new()
    {
        Id = $"{role} {state}",
        Source = SourceId.Of(_acme, "chat"),
        OccurredAt = _calendar.GetUtcNow(),
        ConversationId = "talk",
        Channel = "chat",
        Role = role,
        State = state,
    };

    private async Task<Work[]> List()
    {
        var parts = WorkIds.QueuesOf(_acme).Select(key => _silo.Grains.GetGrain<IWorkQueueGrain>(key).List(new WorkFilter(_support, [], null), null, 9));
        return [.. (await Task.WhenAll(parts)).SelectMany(works => works)];
    }

    private Task<Outcome<LookAnswer>> Look()
    {
        var read = new ReadRequest(_acme, ActorRole.Person, _support, FacetSet.Of(Facet.Attention).Union(FacetSet.Of(Facet.Situation)), "call-1") { MayBegin = true };
        return _silo.Customer(_customer).Look(new LookRequest(read, "actor"));
    }
}
