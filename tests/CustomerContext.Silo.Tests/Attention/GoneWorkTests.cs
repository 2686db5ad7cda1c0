using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static CustomerContext.Silo.Tests.Attention.Waiting;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>Work goes when its customer takes it back, and when a side says that what it was about is solved.</summary>
public sealed class GoneWorkTests(OneWorkSilo one) : WorkOfOneSilo(one)
{
    [Fact]
    public async Task RevokeGrant_WhileSomebodyHasIt_IsGoneWhenTheRevokeReturns()
    {
        var grant = await Make(Silo, Email, Facet.Attention);
        await Publish(Silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened));
        var work = Assert.Single((await List()).Works);
        await Claim("ada", work);

        await Silo.Consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = "r", GrantId = grant }, Silo.As(Email));

        Assert.Empty((await List()).Works);
        await Refused(StatusCode.NotFound, () => Claim("ada", work));
        await Refused(StatusCode.NotFound, () => Complete("ada", work));
    }

    [Fact]
    public async Task UpdateGrant_WithoutAttention_IsGoneWhenTheUpdateReturns()
    {
        var grant = await Make(Silo, Email, Facet.Attention, Facet.Situation);
        await Publish(Silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened));
        Assert.Single((await List()).Works);
        var narrowed = SiloOnFakeTime.Terms();
        narrowed.IncludeEarlier = true;

        await Silo.Consents.UpdateGrantAsync(new UpdateGrantRequest { RequestId = "narrow", GrantId = grant, Terms = narrowed }, Silo.As(Email));

        Assert.Empty((await List()).Works);
    }

    [Fact]
    public async Task PublishOutcome_SolvedThenTheCustomerSaysOtherwise_GoesAndComesBackAsItWas()
    {
        await MakeTalker(SourceOwner.Own, SourceOwner.Mine);
        await Publish(Silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened));
        var work = Assert.Single((await List()).Works);

        await Publish(Silo, Email, Outcome(InteractionResult.Solved, Now.AddMinutes(-2)));
        Assert.Empty((await List()).Works);
        var solved = (await Look()).Context;
        Assert.Empty(solved.Attention.Items);
        Assert.Null(Assert.Single(solved.Conversations.Latest).WaitingSinceTime);
        var outcome = new InteractionOutcome { Tenant = "acme", InteractionId = "call-9", Topics = { "router" }, ByCompany = InteractionResult.Solved, SaidTime = Millisecond(Now.AddMinutes(-2)) };
        Assert.Equal([outcome], solved.Conversations.Outcomes);

        await Own(Outcome(InteractionResult.NotSolved, Now.AddMinutes(-1), "acme"));
        Assert.Equal(work, Assert.Single((await List()).Works));
        (outcome.ByCustomer, outcome.SaidTime) = (InteractionResult.NotSolved, Millisecond(Now.AddMinutes(-1)));
        Assert.Equal([outcome], (await Look()).Context.Conversations.Outcomes);
        var own = await Silo.Contexts.GetContextAsync(new GetContextRequest(), Silo.As(Email));
        Assert.Equal([outcome], own.Context.Conversations.Outcomes);
        Assert.Empty(Assert.Single(own.Context.Attention.Items).CouldAnswer); // the company's people are the company's
    }

    [Fact]
    public async Task PublishOutcome_ByACustomerWhoseOwnWordIsNotGranted_ChangesNothingForTheCompany()
    {
        await MakeTalker(SourceOwner.Own);
        await Publish(Silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened), Outcome(InteractionResult.Solved, Now.AddMinutes(-2)));

        await Own(Outcome(InteractionResult.NotSolved, Now.AddMinutes(-1), "acme"));

        Assert.Empty((await List()).Works);
        Assert.Equal(InteractionResult.Unspecified, Assert.Single((await Look()).Context.Conversations.Outcomes).ByCustomer);
    }

    [Theory]
    [InlineData(true, "acme", "signals[0].outcome.tenant")]
    [InlineData(false, "", "signals[0].outcome.tenant")]
    [InlineData(false, "initech", "signals[0].outcome.tenant")]
    public async Task PublishOutcome_OfNoCompanyOrOfAnother_IsRefusedByName(bool isCompany, string tenant, string field)
    {
        var signal = Outcome(InteractionResult.Solved, Now.AddMinutes(-1), tenant);
        signal.Subject = isCompany ? new SubjectIdentifier { Email = Email } : null;

        var answer = await Silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { signal } }, isCompany ? Silo.With(DevTokens.Actor("acme", "chat", isPerson: false)) : Silo.As(Email));

        Assert.Equal(field, Assert.Single(answer.Results).Status.Field);
    }

    [Fact]
    public async Task EraseCustomerAndPauseAll_OfWhoWaits_TheWorkIsGone()
    {
        await OneQuestion(Now.AddHours(-2));
        await OneQuestion(Now.AddHours(-2), email: Other);
        Assert.Equal(2, (await List()).Works.Count);

        await Silo.Consents.PauseAllAsync(new PauseAllRequest { RequestId = "pause" }, Silo.As(Other));
        Assert.Single((await List()).Works);
        await Silo.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "erase" }, Silo.As(Email));
        Assert.Empty((await List()).Works);
    }

    /// <summary>A customer whose own word is kept, and who grants acme what waits and their conversations of these owners' sources.</summary>
    private async Task MakeTalker(params SourceOwner[] owners)
    {
        await Silo.Consents.SetPreferencesAsync(
            new SetPreferencesRequest
            {
                RequestId = Guid.CreateVersion7().ToString(),
                Preferences = new Preferences { OfAge = true, Collect = { "acme", "customer" } },
                UpdateMask = new FieldMask { Paths = { "of_age", "collect" } },
            },
            Silo.As(Email));
        var terms = SiloOnFakeTime.Terms();
        (terms.IncludeEarlier, terms.Facets[0]) = (true, Facet.Attention);
        terms.Facets.Add(Facet.Conversations);
        terms.Owners.Add(owners);
        await Silo.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = Guid.CreateVersion7().ToString(), Tenant = "acme", Terms = terms }, Silo.As(Email));
    }

    private async Task Own(Signal signal)
    {
        var answer = await Silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { signal } }, Silo.As(Email));
        Assert.Null(Assert.Single(answer.Results).Status);
    }

    private async Task<GetContextResponse> Look() => await Silo.Contexts.GetContextAsync(
        new GetContextRequest { Subject = new SubjectIdentifier { Email = Email }, Purpose = SiloOnFakeTime.Purpose, InteractionId = "call-9" }, Silo.AsActor("ada"));
}
