using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;

namespace CustomerContext.Domain.Tests.Identities;

public sealed class IdentityRulesTests
{
    private static readonly CustomerKey One = new("11112222333344445555666677778888");
    private static readonly CustomerKey Other = new("88887777666655554444333322221111");

    [Fact]
    public void Resolve_VerifiedByOne_NamesThem() => Assert.Equal(One, IdentityRules.Resolve(Of((One, true))));

    [Fact]
    public void Resolve_NobodysOrUnverifiedOrShared_NamesNobody()
    {
        Assert.Null(IdentityRules.Resolve(IdentityState.Empty));
        Assert.Null(IdentityRules.Resolve(Of((One, false))));
        Assert.Null(IdentityRules.Resolve(Of((One, true), (Other, true))));
        Assert.Null(IdentityRules.Resolve(Of((One, true), (Other, false))));
    }

    [Fact]
    public void Pair_BothVerified_NamesBothAndNothingElseDoes()
    {
        Assert.Equal((One, Other), IdentityRules.Pair(Of((One, true), (Other, true))));
        Assert.Null(IdentityRules.Pair(Of((One, true), (Other, false))));
        Assert.Null(IdentityRules.Pair(Of((One, true))));
    }

    [Fact]
    public void Link_Again_OnlyEverRaisesTheProof()
    {
        Assert.True(Of((One, false), (One, true)).Holders.Single().IsVerified);
        Assert.True(Of((One, true), (One, false)).Holders.Single().IsVerified);
    }

    [Fact]
    public void Unlink_OfTwo_TheOtherIsNamedAgain() => Assert.Equal(Other, IdentityRules.Resolve(IdentityRules.Unlink(Of((One, true), (Other, true)), One)));

    [Fact]
    public void Link_OneMoreThanThereIsRoomFor_NamesNobodyUntilItIsNobodys()
    {
        var keys = Enumerable.Range(0, Limits.Identifiers.Holders + 1).Select(i => new CustomerKey($"{i:x32}")).ToArray();
        var full = keys.SkipLast(1).Aggregate(IdentityState.Empty, (state, key) => IdentityRules.Link(state, key, true));
        Assert.False(full.IsCrowded);

        var crowded = IdentityRules.Link(full, keys[^1], true);
        Assert.Equal((Limits.Identifiers.Holders, true), (crowded.Holders.Length, crowded.IsCrowded));
        var last = keys[1..^1].Aggregate(crowded, IdentityRules.Unlink);
        Assert.Null(IdentityRules.Resolve(last));
        Assert.Equal(IdentityState.Empty.IsCrowded, IdentityRules.Unlink(last, keys[0]).IsCrowded);
    }

    [Fact]
    public void TakeOver_WhatWasUnderAnOlderKey_IsAllThere()
    {
        var older = Of((One, true), (Other, false));

        Assert.Equal(older.Holders.ToArray(), IdentityRules.TakeOver(IdentityState.Empty, older).Holders.ToArray());
        Assert.True(IdentityRules.TakeOver(Of((One, false)), older with { IsCrowded = true }).IsCrowded);
    }

    private static IdentityState Of(params (CustomerKey Customer, bool IsVerified)[] links) =>
        links.Aggregate(IdentityState.Empty, (state, link) => IdentityRules.Link(state, link.Customer, link.IsVerified));
}
