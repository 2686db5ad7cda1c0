using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Joins;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Joins;

public sealed class JoinRulesTests
{
    private static readonly CustomerKey Other = new("ffeeddccbbaa99887766554433221100");
    private static readonly Join Asked = new(
        Agent(), Hash("r1"), Hash("content"), Terms(when: GrantWhen.ThisCallOnly), Customer, "k.named", "k.joined", Hash("27"), Hash("proof"), Now, Now + Limits.Joins.Lifetime, "en", [1, 2, 3]);

    private static readonly StopProof Stop = new("address", Hash("proof"), Now + Limits.Joins.Lifetime + Limits.Joins.StopLifetime);
    private static readonly JoinState Open = Ok(JoinRules.Ask(JoinState.Empty, Asked, Stop));

    [Fact]
    public void Ask_Repeated_FindsWhatItMadeAndOtherContentIsAReuse()
    {
        Assert.Same(Open, Ok(JoinRules.Ask(Open, Asked with { CreatedAt = Now.AddMinutes(1), Until = Now.AddDays(1) }, Stop)));
        Assert.Equal(RefusalReason.RequestIdReused, Refused(JoinRules.Ask(Open, Asked with { Content = Hash("other") }, Stop)).Reason);
        Assert.Equal(RefusalReason.LimitReached, Refused(JoinRules.Ask(Open, Asked with { Request = Hash("r2") }, Stop)).Reason);
    }

    [Fact]
    public void Ask_AgainAfterTheRequestIsForgottenWhileItsMessageCanBeStopped_TheCodeIsTaken()
    {
        var forgotten = JoinRules.Prune(Open, Asked.Until + Limits.Joins.SeenAfter);
        Assert.Null(forgotten.Join);
        Assert.Equal(RefusalReason.LimitReached, Refused(JoinRules.Ask(forgotten, Asked, null)).Reason);

        Assert.NotNull(Ok(JoinRules.Ask(JoinRules.Prune(forgotten, Stop.Until), Asked, null)).Join);
    }

    [Fact]
    public void Open_TypedOrByItsLink_FoundAndByAnotherLinkNot()
    {
        Assert.NotNull(JoinRules.Open(Open, null, Now));
        Assert.NotNull(JoinRules.Open(Open, Hash("proof"), Now));
        Assert.Null(JoinRules.Open(Open, Hash("guess"), Now));
        Assert.Null(JoinRules.Open(JoinState.Empty, null, Now));
    }

    [Fact]
    public void Open_TheLastTickAndOneLater_OnlyTheFirstIsFound()
    {
        Assert.NotNull(JoinRules.Open(Open, null, Asked.Until.AddTicks(-1)));
        Assert.Null(JoinRules.Open(Open, null, Asked.Until));
    }

    [Fact]
    public void Answer_WrongDigitsThreeTimes_DeadAndTheTenantSeesNoDifference()
    {
        var state = Open;
        for (var left = Limits.Joins.DigitTries - 1; left >= 0; left--)
        {
            var step = JoinRules.Answer(state, Yes(digits: "00"), Now);
            Assert.Equal(left, step.TriesLeft);
            state = step.State;
        }

        Assert.Equal(RefusalReason.NotFound, JoinRules.Answer(state, Yes(), Now).Refusal!.Reason);
        Assert.Null(JoinRules.Open(state, null, Now));
        Assert.Equal(JoinStanding.Waiting, state.Join!.StandingAt(Asked.Until.AddTicks(-1)));
        Assert.Equal(JoinStanding.Over, state.Join.StandingAt(Asked.Until));
    }

    [Fact]
    public void Answer_RightAfterTwoWrong_Claimed()
    {
        var state = JoinRules.Answer(JoinRules.Answer(Open, Yes(digits: "00"), Now).State, Yes(digits: "01"), Now).State;

        Assert.NotNull(JoinRules.Answer(state, Yes(), Now).Join);
    }

    [Fact]
    public void Answer_TheSameAgainAnotherPersonAndOtherContent_PassesNotFoundReused()
    {
        var claimed = JoinRules.Answer(Open, Yes(), Now).State;

        Assert.NotNull(JoinRules.Answer(claimed, Yes(), Asked.Until.AddDays(1)).Join);
        Assert.Equal(RefusalReason.NotFound, JoinRules.Answer(claimed, Yes(customer: Other), Now).Refusal!.Reason);
        Assert.Equal(RefusalReason.NotFound, JoinRules.Answer(claimed, Yes(request: "another"), Now).Refusal!.Reason);
        Assert.Equal(RefusalReason.RequestIdReused, JoinRules.Answer(claimed, Yes(content: "other"), Now).Refusal!.Reason);
        Assert.Null(JoinRules.Open(claimed, null, Now));
    }

    [Theory]
    [InlineData(true, false, false, true)]
    [InlineData(false, true, false, true)]
    [InlineData(false, false, true, true)]
    [InlineData(false, false, false, false)]
    public void Settle_ByWhatIsProven_ConfirmedOrNot(bool hasProof, bool hasVerified, bool hasFollowed, bool expected)
    {
        var claimed = JoinRules.Answer(Open, Yes(hasProof: hasProof), Now).State;
        var consent = Granted(Customer) with
        {
            Identifiers =
            [
                new LinkedIdentifier("k.named", IdentifierFormat.Email, hasVerified ? Verification.Verified : Verification.Tenant, null, Now),
                new LinkedIdentifier(hasFollowed ? "k.joined" : "k.else", IdentifierFormat.Email, Verification.LinkFollowed, Acme, Now),
            ],
        };

        var settled = JoinRules.Settle(claimed, consent, null).Join!;
        Assert.Equal(JoinStanding.Granted, settled.StandingAt(Asked.Until.AddDays(1)));
        Assert.Equal(expected, settled.IsConfirmed);
    }

    [Fact]
    public void Settle_WithoutTheGrantOrOnlyOneOfTwoLinked_StillWaits()
    {
        var claimed = JoinRules.Answer(Open, Yes(), Now).State;

        Assert.Same(claimed, JoinRules.Settle(claimed, ConsentState.None, null));
        Assert.Same(claimed, JoinRules.Settle(claimed, Granted(Customer), (Other, ConsentState.None)));
        Assert.NotNull(JoinRules.Settle(claimed, Granted(Customer), (Other, Granted(Other))).Join!.Granted);
        var taken = Granted(Customer);
        Assert.Same(claimed, JoinRules.Settle(claimed, taken with { Grants = [taken.Grants[0] with { RevokedAt = Now }] }, null));
    }

    [Fact]
    public void Settle_AfterItsInteractionEnded_StaysOver()
    {
        var lapsed = JoinRules.Lapse(JoinRules.Answer(Open, Yes(), Now).State, Acme, "call-1");

        Assert.Equal(JoinStanding.Over, JoinRules.Settle(lapsed, Granted(Customer), null).Join!.StandingAt(Now));
        Assert.Same(Open, JoinRules.Lapse(Open, Globex, "call-1"));
        Assert.Same(Open, JoinRules.Lapse(Open, Acme, "call-2"));
    }

    [Fact]
    public void Continue_AndTheOldIdEnds_WaitsUntilTheNewOneEnds()
    {
        var longer = JoinRules.Continue(Open, "call-1", Agent(interaction: "call-2"));

        Assert.Equal("call-2", longer.Join!.ByNow.Interaction);
        Assert.Same(longer, JoinRules.Lapse(longer, Acme, "call-1"));
        Assert.True(JoinRules.Lapse(longer, Acme, "call-2").Join!.HasLapsed);
        Assert.Same(Open, JoinRules.Continue(Open, "another", Agent(interaction: "call-2")));
    }

    [Fact]
    public void Prune_AtEachEndAndOneTickBefore_ForgetsTheRequestAndThenTheAddress()
    {
        var seen = Asked.Until + Limits.Joins.SeenAfter;

        Assert.NotNull(JoinRules.Prune(Open, seen.AddTicks(-1)).Join);
        Assert.Equal(new JoinState(null, Stop), JoinRules.Prune(Open, seen));
        Assert.Equal("address", JoinRules.AddressOf(JoinRules.Prune(Open, Stop.Until.AddTicks(-1)), Hash("proof")));
        Assert.Same(JoinState.Empty, JoinRules.Prune(Open, Stop.Until));
        Assert.Null(JoinRules.AddressOf(Open, Hash("guess")));
    }

    [Fact]
    public void Delivered_AnyRequest_ForgetsWhereTheMessageWent() => Assert.Empty(JoinRules.Delivered(Open).Join!.Sealed);

    /// <summary>Whatever people, the tenant and the clock do, in whatever order: one person at most is claimed, a yes needs the right digits, and what the tenant saw last never goes back.</summary>
    [Fact]
    public void Join_AnyHistory_OnePersonAndNeverBack()
    {
        var step = Gen.Choose(0, 6);
        var property = Prop.ForAll(Gen.ListOf(step).ToArbitrary(), steps =>
        {
            var (state, now, seen) = (Open, Now, JoinStanding.Waiting);
            JoinClaim? claimed = null;
            var wrong = 0;
            foreach (var one in steps)
            {
                now += one == 0 ? TimeSpan.FromMinutes(11) : TimeSpan.Zero;
                var before = state;
                state = one switch
                {
                    1 => JoinRules.Answer(state, Yes(digits: "00"), now).State,
                    2 => JoinRules.Answer(state, Yes(), now).State,
                    3 => JoinRules.Answer(state, Yes(customer: Other, request: "q"), now).State,
                    4 => JoinRules.Settle(state, state.Join!.Claim?.Customer == Other ? Granted(Other, "q") : Granted(Customer), null),
                    5 => JoinRules.Lapse(state, Acme, "call-1"),
                    6 => JoinRules.Delivered(state),
                    _ => state,
                };
                wrong += state.Join!.WrongDigits > before.Join!.WrongDigits ? 1 : 0;
                claimed ??= state.Join.Claim;
                Assert.Equal(claimed, state.Join.Claim);
                Assert.True(wrong <= Limits.Joins.DigitTries);
                var standing = state.Join.StandingAt(now);
                Assert.True(seen == JoinStanding.Waiting || standing == seen || (seen == JoinStanding.Over && standing == JoinStanding.Granted && !state.Join.HasLapsed));
                Assert.True(standing != JoinStanding.Granted || claimed is not null);
                seen = standing;
            }
        });
        Check.QuickThrowOnFailure(property);
    }

    private static AnswerJoin Yes(CustomerKey? customer = null, string request = "a1", string content = "yes", string digits = "27", bool hasProof = false) =>
        new(new JoinClaim(customer ?? Customer, request, Hash(content), hasProof), Hash(digits), null);

    /// <summary>The ledger of somebody who has given the grant that the answer makes.</summary>
    private static ConsentState Granted(CustomerKey customer, string request = "a1") =>
        Ok(ConsentRules.CreateGrant(OfAge, customer, new CreateGrant(request, Acme, Terms()), Now)).State;
}
