using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Tests.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Interactions;

public sealed class CallTests
{
    private static readonly ConsentState Known = OfAge with { Epoch = 1 };

    [Fact]
    public void Begin_CustomerOrNobody_OpensWhatIsGrantedWhileTheyTalkAndNobodysLedgerStaysEmpty()
    {
        var (granted, _) = Known.With(Terms(when: GrantWhen.DuringMyConversations));
        var begun = CallChanges.Begin(granted, Agent(), Now, Now);

        Assert.Equal((ConsentChangeKind.InteractionBegun, "call-1"), (begun.Change!.Kind, begun.Change.By!.Interaction));
        Assert.True(ReadRules.Decide(begun.State, Read(), null, Now).IsOk);
        Assert.Equal(Now + Limits.Calls.Longest, Ok(ReadRules.Decide(begun.State, Read(), null, Now)).ValidUntil);
        Assert.False(ReadRules.Decide(begun.State, Read(interaction: "call-2"), null, Now).IsOk);
        Assert.False(ReadRules.Decide(begun.State, Read(), null, Now + Limits.Calls.Longest).IsOk);
        Assert.Same(begun.State, CallChanges.Begin(begun.State, Agent(), Now, Now).State);
        Assert.Same(ConsentState.None, CallChanges.Begin(ConsentState.None, Agent(), Now, Now).State);
    }

    [Fact]
    public void End_LastId_EndsItsGrantsForGoodAndAnotherCallsStay()
    {
        var (state, grant) = Begun("call-1").With(Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1"));
        (state, var other) = CallChanges.Begin(state, Agent(interaction: "call-2"), Now, Now).State.With(Terms(when: GrantWhen.ThisCallOnly, interaction: "call-2"), "r2");

        var ended = CallChanges.End(state, Agent(), Now).State;

        Assert.Equal(Now, ended.Find(grant.Id)!.EndedAt);
        Assert.Null(ended.Find(other.Id)!.EndedAt);
        Assert.False(ReadRules.Decide(ended, Read(), Talking, Now).IsOk);
        Assert.True(ReadRules.Decide(ended, Read(interaction: "call-2"), null, Now).IsOk);
        Assert.Same(ended, CallChanges.End(ended, Agent(), Now).State);
        Assert.Null(CallChanges.Opened(ended, Agent(), Now, Now));
    }

    [Fact]
    public void End_BeforeAYesThatWasOnItsWay_TheYesOpensNothing()
    {
        var ended = CallChanges.End(Known, Agent(), Now).State;

        Assert.Null(CallChanges.Opened(ended, Agent(), Now, Now));
        Assert.Null(CallChanges.Begin(ended, Agent(), Now, Now).Change);
    }

    [Fact]
    public void Continue_TransferredAndTheOldIdEnded_AnswersUnderTheNewId()
    {
        var (state, grant) = Begun("call-1").With(Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1"));
        var longer = Ok(CallChanges.Continue(state, "call-1", Agent(interaction: "call-2"), Now)).State;

        Assert.Equal([grant.Id], Ok(ReadRules.Decide(longer, Read(interaction: "call-2"), null, Now)).Grants.ToArray());
        Assert.True(ReadRules.Decide(longer, Read(), null, Now).IsOk);

        var left = CallChanges.End(longer, Agent(), Now).State;
        Assert.True(ReadRules.Decide(left, Read(interaction: "call-2"), null, Now).IsOk);
        Assert.False(ReadRules.Decide(left, Read(), null, Now).IsOk);

        var over = CallChanges.End(left, Agent(interaction: "call-2"), Now).State;
        Assert.False(ReadRules.Decide(over, Read(interaction: "call-2"), null, Now).IsOk);
        Assert.Equal(Now, over.Find(grant.Id)!.EndedAt);
    }

    [Fact]
    public void Continue_NewIdEndedBefore_RefusedAndTheIdOpensNothing()
    {
        var (state, _) = Begun("call-1").With(Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1"));
        var ended = CallChanges.End(state, Agent(interaction: "call-2"), Now).State;

        Assert.Equal(RefusalReason.InteractionOver, Refused(CallChanges.Continue(ended, "call-1", Agent(interaction: "call-2"), Now)).Reason);
        Assert.True(ReadRules.Decide(ended, Read(), null, Now).IsOk);
        Assert.False(ReadRules.Decide(ended, Read(interaction: "call-2"), null, Now).IsOk);
    }

    [Fact]
    public void Find_IdOpenInOneCallAndEndedInAnother_OpensNothingAndItsEndTakesItAway()
    {
        var (state, grant) = Begun("call-1").With(Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1"));
        var ended = CallChanges.End(state, Agent(interaction: "call-2"), Now).State;
        var call = CallRules.Find(ended, Acme, "call-1", Now)!;
        var stored = ended with { Calls = ended.Calls.Replace(call, call with { Ids = ["call-1", "call-2"] }) };

        Assert.False(ReadRules.Decide(stored, Read(interaction: "call-2"), null, Now).IsOk);
        Assert.True(ReadRules.Decide(stored, Read(), null, Now).IsOk);
        var left = CallChanges.End(stored, Agent(interaction: "call-2"), Now).State;
        Assert.DoesNotContain(left.Calls, one => one.Ids.Contains("call-2"));
        Assert.Equal(Now, CallChanges.End(left, Agent(), Now).State.Find(grant.Id)!.EndedAt);
    }

    [Fact]
    public void Continue_IntoACallThatWasOpenedByItself_TheOneCallHasWhatBothHad()
    {
        var later = Now + TimeSpan.FromMinutes(5);
        var (state, grant) = Begun("call-1").With(Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1"));
        var first = CallRules.Find(state, Acme, "call-1", Now)!;
        state = state with { Calls = state.Calls.Replace(first, first with { TakesPart = false, BegunAt = later, Until = later + Limits.Calls.Longest }) };
        state = CallChanges.Begin(state, Agent(interaction: "call-2"), Now, later).State;
        state = Ok(CallChanges.Continue(state, "call-2", Agent(interaction: "call-3"), later)).State;
        state = Ok(CallChanges.Continue(state, "call-2", Agent(interaction: "call-4"), later)).State;
        state = CallChanges.End(state, Agent(interaction: "call-4"), later).State;

        var one = Assert.Single(Ok(CallChanges.Continue(state, "call-1", Agent(interaction: "call-2"), later)).State.Calls);

        Assert.Equal(["call-1", "call-2", "call-3"], one.Ids.ToArray());
        Assert.Equal(["call-4"], one.Over.ToArray());
        Assert.Equal((Now, Now + Limits.Calls.Longest, true), (one.BegunAt, one.Until, one.TakesPart));
        var united = state with { Calls = [one] };
        Assert.Equal([grant.Id], Ok(ReadRules.Decide(united, Read(interaction: "call-3"), null, later)).Grants.ToArray());
        Assert.False(ReadRules.Decide(united, Read(interaction: "call-4"), null, later).IsOk);
    }

    [Fact]
    public void Continue_IntoACallWithWhichItHasMoreThanEightIds_LimitReached()
    {
        var state = CallChanges.Begin(Begun("call-1"), Agent(interaction: "other-1"), Now, Now).State;
        for (var number = 2; number <= Limits.Calls.IdsPerCall; number++)
        {
            state = Ok(CallChanges.Continue(state, "other-1", Agent(interaction: $"other-{number}"), Now)).State;
        }

        Assert.Equal(RefusalReason.LimitReached, Refused(CallChanges.Continue(state, "call-1", Agent(interaction: "other-1"), Now)).Reason);
    }

    [Fact]
    public void Continue_EightIdsAndOneMore_LimitReached()
    {
        var state = Begun("call-1");
        for (var number = 2; number <= Limits.Calls.IdsPerCall; number++)
        {
            state = Ok(CallChanges.Continue(state, "call-1", Agent(interaction: $"call-{number}"), Now)).State;
        }

        Assert.Equal(RefusalReason.LimitReached, Refused(CallChanges.Continue(state, "call-1", Agent(interaction: "one more"), Now)).Reason);
        Assert.Same(state, Ok(CallChanges.Continue(state, "call-1", Agent(interaction: "call-8"), Now)).State);
    }

    [Fact]
    public void Begin_EightOfOneTenantAndOneMore_ItsOwnOldestLeavesAndNoOther()
    {
        var state = CallChanges.Begin(Known, Agent(Globex), Now, Now).State;
        state = Enumerable.Range(0, Limits.Calls.CallsPerTenant + 1).Aggregate(state, (all, i) => CallChanges.Begin(all, Agent(interaction: $"call-{i}"), Now, Now).State);

        Assert.Equal(Limits.Calls.CallsPerTenant, state.Calls.Count(call => call.Tenant == Acme));
        Assert.DoesNotContain(state.Calls, call => call.Has("call-0"));
        Assert.Contains(state.Calls, call => call.Tenant == Globex);
    }

    [Fact]
    public void Begin_ThirtyTwoAndOneMore_TheOldestOfTheTenantWithTheMostLeaves()
    {
        var state = CallChanges.Begin(Known, Agent(new TenantId("quiet")), Now, Now).State;
        foreach (var tenant in new[] { "t1", "t2", "t3", "t4" })
        {
            state = Enumerable.Range(0, Limits.Calls.CallsPerTenant).Aggregate(state, (all, i) => CallChanges.Begin(all, Agent(new TenantId(tenant), $"call-{i}"), Now, Now).State);
        }

        Assert.Equal(Limits.Calls.CallsPerCustomer, state.Calls.Length);
        Assert.Contains(state.Calls, call => call.Tenant == new TenantId("quiet"));
    }

    [Fact]
    public void Touch_AColleagueLooks_KnowsWhoLookedLastAndWritesNothingForTheSameAgain()
    {
        var (state, _) = Begun("call-1").With(Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1"));
        var decision = Ok(ReadRules.Decide(state, Read(), null, Now));
        var first = CallRules.Touch(state, Read(), "agent-7", decision, Now);
        var colleague = CallRules.Touch(first, Read(), "agent-9", decision, Now);

        Assert.Equal("agent-9", CallRules.Find(colleague, Acme, "call-1", Now)!.LastActor);
        Assert.Same(colleague, CallRules.Touch(colleague, Read(), "agent-9", decision, Now));
    }

    [Fact]
    public void End_CollectedForTheCall_LeavesThePreferencesWithIt()
    {
        var scope = SourceScope.OwnOf(Acme);
        var state = Begun("call-1") with { CollectUntil = [new CallCollect(Acme, "call-1", scope, Now + Limits.Calls.Longest)] };
        state = state with { Preferences = state.Preferences with { Collect = scope } };

        Assert.True(state.Collects(AcmeCrm, Now));
        Assert.False(state.Collects(AcmeCrm, Now + Limits.Calls.Longest));
        var ended = CallChanges.End(state, Agent(), Now).State;
        Assert.False(ended.Preferences.Collects(AcmeCrm));
        Assert.Empty(ended.CollectUntil);
    }

    [Fact]
    public void SetConversation_OpenedAndClosed_OpensLooksWithoutAnInteractionUntilThen()
    {
        var (granted, _) = Known.With(Terms(when: GrantWhen.DuringMyConversations));
        var opened = Ok(ConsentRules.SetConversation(granted, new SetConversation("o1", Acme, true), Now)).State;

        Assert.True(ReadRules.Decide(opened, Read(), null, Now).IsOk);
        Assert.False(ReadRules.Decide(opened, Read(), null, Now + Limits.Calls.Longest).IsOk);
        var closed = Ok(ConsentRules.SetConversation(opened, new SetConversation("o2", Acme, false), Now)).State;
        Assert.False(ReadRules.Decide(closed, Read(), null, Now).IsOk);
    }

    [Fact]
    public void SetConversation_EightAndOneMore_LimitReachedButClosingAlwaysWorks()
    {
        var state = Enumerable.Range(0, Limits.Calls.Talking)
            .Aggregate(Known, (all, i) => Ok(ConsentRules.SetConversation(all, new SetConversation($"o{i}", new TenantId($"t{i}"), true), Now)).State);

        Assert.Equal(RefusalReason.LimitReached, Refused(ConsentRules.SetConversation(state, new SetConversation("x", Acme, true), Now)).Reason);
        Assert.True(ConsentRules.SetConversation(state, new SetConversation("y", new TenantId("t3"), false), Now).IsOk);
    }

    [Fact]
    public void EndOf_InteractionEnded_InteractionOver()
    {
        var (state, _) = Begun("call-1").With(Terms(when: GrantWhen.DuringMyConversations));
        var before = Ok(ReadRules.Decide(state, Read(), null, Now));
        var ended = CallChanges.End(state, Agent(), Now).State;

        Assert.Equal(WatchEnd.InteractionOver, WatchRules.EndOf(Read(), before, ReadRules.Decide(ended, Read(), null, Now), ended, Now));
    }

    private static ConsentState Begun(string interaction) => CallChanges.Begin(Known, Agent(interaction: interaction), Now, Now).State;
}
