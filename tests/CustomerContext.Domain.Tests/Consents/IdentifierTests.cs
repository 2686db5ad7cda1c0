using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class IdentifierTests
{
    private static readonly CustomerKey Other = new("ffeeddccbbaa99887766554433221100");

    [Fact]
    public void Link_TheCodeThatWasSent_Attaches()
    {
        var step = Ok(Link(Sent(OfAge, "mail"), "mail", "code"));

        Assert.Equal(("mail", Verification.Verified), (step.State.Identifiers.Single().Key, step.State.Identifiers.Single().Verification));
        Assert.Empty(step.State.SentCodes);
        Assert.Equal(step.State, Ok(Link(step.State, "mail", "code")).State);
    }

    [Fact]
    public void Link_WrongCodes_CountAndTheFifthKills()
    {
        var state = Sent(OfAge, "mail");
        for (var tries = 1; tries <= Limits.Consents.CodeTries; tries++)
        {
            Assert.True(Link(state, "mail", "code").IsOk);
            var step = Ok(Link(state, "mail", "wrong"));
            Assert.Equal("verification_code", step.Refusal!.Field);
            state = step.State;
        }

        Assert.Equal("verification_code", Refused(Link(state, "mail", "code")).Field);
    }

    [Fact]
    public void Link_AtTheEndOfTheCodeAndATickBefore_DeadAndGood()
    {
        var state = Sent(OfAge, "mail");
        var end = Now + Limits.Identifiers.CodeLifetime;

        Assert.True(Link(state, "mail", "code", at: end.AddTicks(-1)).IsOk);
        Assert.Equal("verification_code", Refused(Link(state, "mail", "code", at: end)).Field);
    }

    [Fact]
    public void Link_ALoginOfAnotherCustomer_LinksTheTwoAndMovesNothing()
    {
        var step = Ok(Link(Sent(OfAge, "login", IdentifierFormat.IssuerSubject), "login", "code", IdentifierFormat.IssuerSubject, Other));

        Assert.Equal((Other, "login"), (step.State.Merge!.Customer, step.State.Merge.Key));
        Assert.Empty(step.State.Identifiers);
        Assert.Equal(ConsentChangeKind.Merged, step.Change!.Kind);
    }

    [Theory]
    [InlineData(IdentifierFormat.Email)]
    [InlineData(IdentifierFormat.Phone)]
    public void Link_AnAddressOfAnotherCustomer_NeverLinksTheTwo(IdentifierFormat weak)
    {
        var step = Ok(Link(Sent(OfAge, "weak", weak), "weak", "code", weak, Other));

        Assert.Null(step.State.Merge);
        Assert.Equal("weak", step.State.Identifiers.Single().Key);
    }

    [Fact]
    public void Link_AThirdCustomer_LimitReached()
    {
        var merged = Ok(ConsentRules.AcceptMerge(Known, new Merge(Other, "k", Now))).State;
        var third = new CustomerKey("00000000000000000000000000000003");

        Assert.Equal(RefusalReason.LimitReached, Refused(ConsentRules.AcceptMerge(merged, new Merge(third, "l", Now))).Reason);
        var sent = Sent(merged, "login", IdentifierFormat.IssuerSubject);
        Assert.Equal(RefusalReason.LimitReached, Refused(Link(sent, "login", "code", IdentifierFormat.IssuerSubject, third)).Reason);
        Assert.Null(Ok(ConsentRules.AcceptMerge(merged, new Merge(Other, "k", Now))).Change);
    }

    [Fact]
    public void SendCode_SoonAgain_NoneIsSent()
    {
        var state = Sent(OfAge, "mail");

        Assert.Null(Ok(Send(state, "mail", at: Now + Limits.Identifiers.CodePause - TimeSpan.FromTicks(1))).Change);
        Assert.NotNull(Ok(Send(state, "mail", at: Now + Limits.Identifiers.CodePause)).Change);
    }

    [Fact]
    public void SendCode_FourAddressesAndOneMore_LimitReached()
    {
        var state = Enumerable.Range(0, Limits.Identifiers.SentCodes).Aggregate(OfAge, (sent, i) => Sent(sent, $"mail{i}"));

        Assert.Equal(RefusalReason.LimitReached, Refused(Send(state, "mail4")).Reason);
        Assert.True(Send(state, "mail4", at: Now + Limits.Identifiers.CodeLifetime).IsOk);
    }

    [Fact]
    public void Identifiers_SixteenOfOnesOwnAndOneMore_LimitReached()
    {
        var most = Limits.Identifiers.PerCustomer - Limits.Identifiers.OfTenants;
        var state = ConsentRules.AttachOwn(Known, [.. Enumerable.Range(0, most + 1).Select(i => Own($"k{i}"))]).State;

        Assert.Equal(most, state.Identifiers.Length);
        Assert.Equal(RefusalReason.LimitReached, Refused(Send(state, "mail")).Reason);
    }

    [Fact]
    public void AttachOfTenant_FourOfOneTenantSixteenOfAll_OneMoreIsLeftOut()
    {
        var state = Enumerable.Range(0, 5).Aggregate(Known, (known, i) => Attached(known, Acme, i));
        Assert.Equal(Limits.Identifiers.OfOneTenant, state.Identifiers.Length);

        state = Enumerable.Range(1, 4).Aggregate(state, (known, tenant) => Enumerable.Range(0, 4).Aggregate(known, (all, i) => Attached(all, new TenantId($"t{tenant}"), i)));
        Assert.Equal(Limits.Identifiers.OfTenants, state.Identifiers.Length);
        Assert.True(Send(state, "mail").IsOk);
    }

    [Fact]
    public void AttachOfTenant_NobodyYet_DoesNotMakeACustomer() => Assert.Empty(Attached(ConsentState.None, Acme, 1).Identifiers);

    [Fact]
    public void SetPreferences_WithATokenThatProves_AttachesInTheSameStep()
    {
        var command = new SetPreferences("p1", Preferences.Off with { OfAge = true });
        var step = Ok(ConsentRules.SetPreferences(ConsentState.None, command, [Own("login"), Own("mail")]));

        Assert.Equal((1, ConsentChangeKind.PreferencesSet), (step.State.Epoch, step.Change!.Kind));
        Assert.Equal(["login", "mail"], step.State.Identifiers.Select(known => known.Key));
        Assert.Null(Ok(ConsentRules.SetPreferences(step.State, command, [Own("login")])).Change);
        Assert.Equal(ConsentChangeKind.IdentifierLinked, Ok(ConsentRules.SetPreferences(step.State, command, [Own("phone")])).Change!.Kind);
    }

    [Fact]
    public void Rekey_InBothSteps_TheListNeverLacksOne()
    {
        var state = ConsentRules.AttachOwn(Known, [Own("old")]).State;
        var begun = ConsentRules.Rekey(state, "old", "new", isDone: false).State;
        var done = ConsentRules.Rekey(begun, "old", "new", isDone: true).State;

        Assert.Equal(["old", "new"], begun.Identifiers.Select(known => known.Key));
        Assert.Equal(["new"], done.Identifiers.Select(known => known.Key));
        Assert.Null(ConsentRules.Rekey(done, "old", "new", isDone: true).Change);
    }

    private static ConsentState Known { get; } = OfAge with { Epoch = 1 };

    private static LinkedIdentifier Own(string key) => new(key, IdentifierFormat.Email, Verification.Verified, null, Now);

    private static ConsentState Attached(ConsentState state, TenantId tenant, int number) => ConsentRules.AttachOfTenant(
        state, new LinkedIdentifier($"{tenant}{number}", IdentifierFormat.Opaque, Verification.Tenant, tenant, Now), Agent(tenant)).State;

    private static ConsentState Sent(ConsentState state, string key, IdentifierFormat format = IdentifierFormat.Email) => Ok(Send(state, key, format)).State;

    private static Outcome<ConsentStep> Send(ConsentState state, string key, IdentifierFormat format = IdentifierFormat.Email, DateTimeOffset? at = null) =>
        ConsentRules.SendCode(state, new LinkIdentifier($"send {key} {at}", key, format, null), Hash("code"), at ?? Now);

    private static Outcome<ConsentStep> Link(
        ConsentState state, string key, string code, IdentifierFormat format = IdentifierFormat.Email, CustomerKey? owner = null, DateTimeOffset? at = null) =>
        ConsentRules.LinkIdentifier(state, new LinkIdentifier($"link {key}", key, format, Hash(code)), owner, at ?? Now);
}
