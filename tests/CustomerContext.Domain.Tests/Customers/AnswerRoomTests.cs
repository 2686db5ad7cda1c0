using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Wording;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>What an answer leaves out that may not be long.</summary>
public sealed class AnswerRoomTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void TokensOf_Bytes_FourATokenRoundedUp(int bytes, int tokens) => Assert.Equal(tokens, AnswerRoomRules.TokensOf(bytes));

    [Fact]
    public void Fitting_RoomForTwo_WhatWaitsAndWhatTheyWant() => Assert.Equal(
        FacetSet.Of(Facet.Attention, Facet.Situation), AnswerRoomRules.Fitting(FacetSet.All, new AnswerRoom(100, Language.English), 20, _ => 40));

    [Fact]
    public void Fitting_RoomForAll_EveryFacetHasAWeight() => Assert.Equal(FacetSet.All, AnswerRoomRules.Fitting(FacetSet.All, new AnswerRoom(1, Language.English), 0, _ => 0));

    [Fact]
    public void Fitting_BriefTakesAll_NoFacet() => Assert.True(AnswerRoomRules.Fitting(FacetSet.All, new AnswerRoom(100, Language.English), 500, _ => 0).IsEmpty);

    /// <summary>Never more than there is room for, and more room never shows less.</summary>
    [Fact]
    public void Fitting_AnyCosts_WithinTheRoomAndGrowing() => Prop.ForAll<PositiveInt, NonEmptyArray<int>>((room, costs) =>
    {
        int CostOf(Facet facet) => Math.Abs(costs.Get[(int)facet % costs.Get.Length] % 1_000);
        var fitting = AnswerRoomRules.Fitting(FacetSet.All, new AnswerRoom(room.Get, Language.English), 10, CostOf);
        var wider = AnswerRoomRules.Fitting(FacetSet.All, new AnswerRoom(room.Get + 100, Language.English), 10, CostOf);
        return (fitting.IsEmpty || fitting.Each().Sum(CostOf) + 10 <= room.Get) && fitting.Except(wider).IsEmpty;
    }).Check(Config.QuickThrowOnFailure);
}
