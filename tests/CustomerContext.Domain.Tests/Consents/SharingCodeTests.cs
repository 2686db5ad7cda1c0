using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class SharingCodeTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void Redeem_RightCode_GivesTheGrantOnce()
    {
        var step = Ok(Redeem(Created(OfAge), "right"));

        Assert.Equal((Acme, ConsentChangeKind.GrantCreated, Now), (step.Grant!.Tenant, step.Change!.Kind, step.Grant.From));
        Assert.Empty(step.State.Codes);
        Assert.Equal(RefusalReason.CodeNotAccepted, Refused(Redeem(step.State, "right", "other request")).Reason);
    }

    [Fact]
    public void Redeem_RepeatedRequest_GivesTheSameGrantAndChangesNothing()
    {
        var step = Ok(Redeem(Created(OfAge), "right"));
        var again = Ok(Redeem(step.State, "right"));

        Assert.Equal((step.Grant, step.State), (again.Grant, again.State));
        Assert.Equal(RefusalReason.RequestIdReused, Refused(Redeem(step.State, "wrong")).Reason);
    }

    [Fact]
    public void Redeem_WrongCodes_CountAndTheFifthKills()
    {
        var state = Created(OfAge);
        for (var tries = 1; tries < Limits.Consents.CodeTries; tries++)
        {
            state = Tried(state);
            Assert.Equal(tries, Assert.Single(state.Codes).WrongTries);
        }

        Assert.True(Redeem(state, "right").IsOk);
        var dead = Tried(state);
        Assert.Empty(dead.Codes);
        Assert.Equal(RefusalReason.CodeNotAccepted, Refused(Redeem(dead, "right")).Reason);
        Assert.Equal(dead, Unchanged(Redeem(dead, "wrong"), dead));
    }

    [Fact]
    public void Redeem_ByAnotherTenant_TouchesNothing()
    {
        var state = Created(OfAge);
        var command = new RedeemSharingCode("x", Agent(Globex), Hash("right"));

        Assert.Equal(state, Unchanged(ConsentRules.RedeemSharingCode(state, Customer, command, Now, Now), state));
        Assert.True(Redeem(state, "right").IsOk);
    }

    [Fact]
    public void Redeem_AtItsEndAndATickBefore_DeadAndGood()
    {
        var state = Created(OfAge);

        Assert.True(Redeem(state, "right", at: Now + FiveMinutes - TimeSpan.FromTicks(1)).IsOk);
        Assert.Equal(RefusalReason.CodeNotAccepted, Refused(Redeem(state, "right", at: Now + FiveMinutes)).Reason);
    }

    [Fact]
    public void Redeem_PausedOrNoLongerOfAge_Refused()
    {
        var state = Created(OfAge);

        Assert.Equal(RefusalReason.CodeNotAccepted, Refused(Redeem(state with { PausedAt = Now }, "right")).Reason);
        Assert.Equal(RefusalReason.CodeNotAccepted, Refused(Redeem(state with { Preferences = Preferences.Off }, "right")).Reason);
    }

    [Fact]
    public void Create_AnotherForTheSameTenant_VoidsTheFirst()
    {
        var state = Created(Created(OfAge, "first", "r1"), "second", "r2");

        Assert.Equal(Hash("second"), Assert.Single(state.Codes).Code);
        Assert.Equal(RefusalReason.CodeNotAccepted, Redeem(state, "first").Value!.Refusal!.Reason);
    }

    [Fact]
    public void Create_EightTenantsAndOneMore_LimitReached()
    {
        var state = Enumerable.Range(0, Limits.Consents.SharingCodes)
            .Aggregate(OfAge, (made, i) => Ok(Create(made, "c", $"r{i}", new TenantId($"t{i}"))).State);

        Assert.Equal(RefusalReason.LimitReached, Refused(Create(state, "c", "r9", new TenantId("t9"))).Reason);
        Assert.True(Create(state, "c", "r9", new TenantId("t7")).IsOk);
        Assert.True(Create(state, "c", "r9", new TenantId("t9"), at: Now + FiveMinutes).IsOk);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void Create_LifetimeAtTheLimitsAndOnePast_MadeOrInvalid(int seconds, bool isMade) =>
        Assert.Equal(isMade, Create(OfAge, "c", "r1", Acme, TimeSpan.FromSeconds(seconds)).IsOk);

    [Fact]
    public void Create_NotOfAgeOrBadTerms_RefusedAndNothingLeft()
    {
        Assert.Equal(RefusalReason.NotOfAge, Refused(Create(ConsentState.None, "c", "r1", Acme)).Reason);
        var command = new CreateSharingCode("r1", Acme, Terms(until: Now), FiveMinutes);
        Assert.Equal("terms.until_time", Refused(ConsentRules.CreateSharingCode(OfAge, command, Hash("c"), Now)).Field);
    }

    [Fact]
    public void Create_RepeatedRequest_ChangesNothingAndOtherContentIsReused()
    {
        var state = Created(OfAge, "right", "r1");

        Assert.Equal(state, Ok(Create(state, "right", "r1", Acme)).State);
        Assert.Equal(RefusalReason.RequestIdReused, Refused(Create(state, "right", "r1", Globex)).Reason);
    }

    private static ConsentState Created(ConsentState state, string code = "right", string request = "r1") => Ok(Create(state, code, request, Acme)).State;

    private static Outcome<ConsentStep> Create(
        ConsentState state, string code, string request, TenantId tenant, TimeSpan? lifetime = null, DateTimeOffset? at = null) =>
        ConsentRules.CreateSharingCode(state, new CreateSharingCode(request, tenant, Terms(), lifetime ?? FiveMinutes), Hash(code), at ?? Now);

    private static Outcome<ConsentStep> Redeem(ConsentState state, string code, string request = "t1", DateTimeOffset? at = null) =>
        ConsentRules.RedeemSharingCode(state, Customer, new RedeemSharingCode(request, Agent(), Hash(code)), at ?? Now, at ?? Now);

    private static ConsentState Tried(ConsentState state)
    {
        var step = Ok(Redeem(state, "wrong", $"try {state.Epoch}"));
        Assert.Equal((RefusalReason.CodeNotAccepted, ConsentChangeKind.CodeFailed), (step.Refusal!.Reason, step.Change!.Kind));
        return step.State;
    }

    private static ConsentState Unchanged(Outcome<ConsentStep> outcome, ConsentState before)
    {
        Assert.Equal(RefusalReason.CodeNotAccepted, Refused(outcome).Reason);
        return before;
    }
}
