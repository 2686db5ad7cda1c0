using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class ConsentRulesTests
{
    [Fact]
    public void SetPreferences_NewOnes_NextEpochAndOnRecord()
    {
        var wanted = Preferences.Off with { OfAge = true, Collect = SourceScope.OwnOf(Acme), Contribute = [Support] };

        var step = Ok(ConsentRules.SetPreferences(ConsentState.None, new SetPreferences("p1", wanted)));

        Assert.Equal(1, step.State.Epoch);
        Assert.True(step.State.Preferences.Collects(AcmeCrm));
        Assert.False(step.State.Preferences.Collects(GlobexShop));
        Assert.Equal(ConsentChangeKind.PreferencesSet, step.Change!.Kind);
        Assert.Same(step.State.Preferences, step.Change.Preferences);
    }

    [Fact]
    public void SetPreferences_SameAgain_NoNewEpoch()
    {
        var wanted = Preferences.Off with { OfAge = true, Collect = SourceScope.Of([Acme], [GlobexShop]), Contribute = [Support] };
        var state = Ok(ConsentRules.SetPreferences(ConsentState.None, new SetPreferences("p1", wanted))).State;

        foreach (var request in new[] { "p1", "p2" })
        {
            var again = Ok(ConsentRules.SetPreferences(state, new SetPreferences(request, wanted with { Collect = SourceScope.Of([Acme], [GlobexShop]) })));
            Assert.Same(state, again.State);
            Assert.Null(again.Change);
        }
    }

    [Fact]
    public void SetPreferences_NotOfAge_OnlyLess()
    {
        var full = Preferences.Off with { OfAge = true, Collect = SourceScope.Of([Acme], [GlobexShop]), Publish = true };
        var state = Ok(ConsentRules.SetPreferences(ConsentState.None, new SetPreferences("p1", full))).State;

        var more = new SetPreferences("p2", full with { OfAge = false, Ask = true });
        Assert.Equal(RefusalReason.NotOfAge, Refused(ConsentRules.SetPreferences(state, more)).Reason);
        var less = new SetPreferences("p3", full with { OfAge = false, Collect = SourceScope.Of([], [AcmeCrm]) });
        Assert.False(Ok(ConsentRules.SetPreferences(state, less)).State.Preferences.Collects(AcmeCrm));
    }

    [Fact]
    public void SetPreferences_CollectAtTheLimitAndOnePast_LastRefused()
    {
        Preferences With(int entries) => Preferences.Off with
        {
            OfAge = true,
            Collect = SourceScope.Of([], Enumerable.Range(0, entries).Select(number => SourceId.Of(Acme, $"s{number}"))),
        };

        Assert.True(ConsentRules.SetPreferences(OfAge, new SetPreferences("p1", With(Limits.Consents.CollectEntries))).IsOk);
        Assert.Equal("preferences.collect", Refused(ConsentRules.SetPreferences(OfAge, new SetPreferences("p1", With(Limits.Consents.CollectEntries + 1)))).Field);
    }

    [Fact]
    public void SetPreferences_UnknownPurpose_InvalidArgument()
    {
        var command = new SetPreferences("p1", Preferences.Off with { OfAge = true, Contribute = [new Purpose("no.such")] });

        Assert.Equal("preferences.contribute", Refused(ConsentRules.SetPreferences(OfAge, command)).Field);
    }

    [Fact]
    public void PauseAll_OnAndOff_NeedsOfAgeOnlyToResume()
    {
        var paused = Ok(ConsentRules.PauseAll(OfAge, new PauseAll("p1", true), Now)).State;
        Assert.Equal(Now, paused.PausedAt);
        Assert.Same(paused, Ok(ConsentRules.PauseAll(paused, new PauseAll("p2", true), Now)).State);
        Assert.Null(Ok(ConsentRules.PauseAll(paused, new PauseAll("p3", false), Now)).State.PausedAt);

        Assert.True(ConsentRules.PauseAll(ConsentState.None, new PauseAll("p1", true), Now).IsOk);
        var young = paused with { Preferences = Preferences.Off };
        Assert.Equal(RefusalReason.NotOfAge, Refused(ConsentRules.PauseAll(young, new PauseAll("p4", false), Now)).Reason);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(Limits.Consents.RequestIdLength, true)]
    [InlineData(Limits.Consents.RequestIdLength + 1, false)]
    public void AnyCommand_RequestIdOfThisLength_AllowedOrNot(int length, bool isAllowed)
    {
        var outcome = ConsentRules.PauseAll(OfAge, new PauseAll(new string('r', length), true), Now);

        Assert.Equal(isAllowed, outcome.IsOk);
        Assert.Equal(isAllowed ? null : "request_id", outcome.Refusal?.Field);
    }

    [Fact]
    public void AnyCommand_SameRequestIdOtherContent_Refused()
    {
        var (state, grant) = OfAge.With(Terms(), "r1");

        Assert.Equal(RefusalReason.RequestIdReused, Refused(ConsentRules.CreateGrant(state, Customer, new CreateGrant("r1", Globex, Terms()), Now)).Reason);
        Assert.Equal(RefusalReason.RequestIdReused, Refused(ConsentRules.RevokeGrant(state, new RevokeGrant("r1", grant.Id), Now)).Reason);
    }

    [Fact]
    public void AnyCommand_ManyRequests_RemembersTheLatestOnly()
    {
        var state = OfAge;
        for (var number = 0; number <= Limits.Consents.RecentRequests; number++)
        {
            state = Ok(ConsentRules.PauseAll(state, new PauseAll($"p{number}", number % 2 == 0), Now)).State;
        }

        Assert.Equal(Limits.Consents.RecentRequests, state.RecentRequests.Length);
        Assert.Equal("p1", state.RecentRequests[0].RequestId);
    }
}
