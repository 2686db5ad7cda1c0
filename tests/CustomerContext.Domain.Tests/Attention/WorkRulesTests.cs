using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Testing;
using static CustomerContext.Domain.Tests.Attention.Given;

namespace CustomerContext.Domain.Tests.Attention;

/// <summary>How work comes, is claimed, handed over and done, and goes.</summary>
public sealed class WorkRulesTests
{
    private static readonly Purpose _support = new("service.support");
    private static readonly CustomerKey _one = new("11");
    private static readonly CustomerKey _two = new("22");
    private static readonly DateTimeOffset _soon = Monday.AddMinutes(15);

    [Fact]
    public void Put_TheSameAgain_IsTheSameObject()
    {
        var shard = WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a", _one)], Monday);

        Assert.Same(shard, WorkRules.Put(shard, _one, [WorkOf("a", _one)], Monday));
        Assert.Same(WorkShard.Empty, WorkRules.Put(WorkShard.Empty, _one, [], Monday));
    }

    [Fact]
    public void Put_WhatIsClaimedOrDone_StaysSoUntilItWaitsNoMore()
    {
        var shard = WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a", _one), WorkOf("b", _one), WorkOf("c", _one)], Monday);
        shard = Ok(WorkRules.Claim(shard, By("ada", "a", "1"), _support, _soon, Monday));
        shard = Ok(WorkRules.Claim(shard, By("ada", "b", "2"), _support, _soon, Monday));
        shard = Ok(WorkRules.Complete(shard, By("ada", "b", "3"), WorkResult.Done, Monday));

        var told = WorkRules.Put(shard, _one, [WorkOf("a", _one), WorkOf("b", _one)], Monday);

        Assert.Equal(["a", "b"], told.Works.Select(work => work.Id));
        Assert.Equal(("ada", WorkResult.Done), (told.Find("a")!.ClaimAt(Monday)?.By, told.Find("b")!.Result));
        Assert.Equal(1, WorkRules.Put(WorkRules.Put(told, _one, [], Monday), _one, [WorkOf("a", _one)], Monday).Find("a")!.Version);
    }

    [Fact]
    public void Put_PurposesChange_GrowTheVersionAndKeepTheClaim()
    {
        var shard = Ok(WorkRules.Claim(WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a", _one)], Monday), By("ada", "a", "1"), _support, _soon, Monday));

        var work = WorkRules.Put(shard, _one, [WorkOf("a", _one) with { Purposes = [new GrantedPurpose(_support, Monday.AddDays(9))] }], Monday).Find("a")!;

        Assert.Equal((3, "ada"), (work.Version, work.ClaimAt(Monday)?.By));
    }

    [Fact]
    public void Put_OfSomebodyElse_DropsWhatIsGivenUp()
    {
        var shard = WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a", _one)], Monday);

        Assert.Equal(2, WorkRules.Put(shard, _two, [WorkOf("b", _two)], Monday.AddDays(14).AddTicks(-1)).Works.Length);
        Assert.Equal(["b"], WorkRules.Put(shard, _two, [WorkOf("b", _two)], Monday.AddDays(14)).Works.Select(work => work.Id));
    }

    [Fact]
    public void Put_FullAndOneMore_TakesNoMoreAndKeepsWhatItHas()
    {
        var size = WorkRules.SizeOf(WorkOf("w", _one));
        var full = Enumerable.Range(0, Limits.Attention.PartBytes / size).Select(number => WorkOf($"w{number}", _one)).ToImmutableArray();
        var shard = WorkRules.Put(WorkShard.Empty, _one, full, Monday);
        Assert.Equal(full.Length, shard.Works.Length);

        Assert.Null(WorkRules.Put(shard, _two, [WorkOf("one", _two)], Monday).Find("one"));
        Assert.NotNull(WorkRules.Put(WorkRules.Put(shard, _one, full[1..], Monday), _two, [WorkOf("one", _two)], Monday).Find("one"));
        Assert.Equal(full.Length, WorkRules.Put(shard, _one, full.Add(WorkOf("one", _one)), Monday).Works.Length);
    }

    [Fact]
    public void Claim_OfAnother_IsRefusedUntilItLapses()
    {
        var shard = Ok(WorkRules.Claim(WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a", _one)], Monday), By("ada", "a", "1"), _support, _soon, Monday));

        Assert.Equal(RefusalReason.VersionMismatch, WorkRules.Claim(shard, By("ben", "a", "1"), _support, _soon, _soon.AddTicks(-1)).Refusal?.Reason);
        Assert.Equal("ben", Ok(WorkRules.Claim(shard, By("ben", "a", "1"), _support, _soon.AddHours(1), _soon)).Find("a")!.ClaimAt(_soon)?.By);
        Assert.Equal(_soon.AddHours(1), Ok(WorkRules.Claim(shard, By("ada", "a", "2"), _support, _soon.AddHours(1), Monday)).Find("a")!.Claim!.Until);
    }

    [Fact]
    public void Claim_RepeatedRequest_ChangesNothing()
    {
        var shard = Ok(WorkRules.Claim(WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a", _one)], Monday), By("ada", "a", "1"), _support, _soon, Monday));

        Assert.Same(shard, Ok(WorkRules.Claim(shard, By("ada", "a", "1"), _support, _soon.AddHours(1), Monday)));
        var given = Ok(WorkRules.HandOver(shard, By("ada", "a", "2"), isUp: false, Monday));
        Assert.Same(given, Ok(WorkRules.HandOver(given, By("ada", "a", "2"), isUp: false, Monday)));
    }

    [Fact]
    public void HandOver_Up_IsEscalatedByWhateverClock()
    {
        var shard = Ok(WorkRules.Claim(WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a", _one)], Monday), By("ada", "a", "1"), _support, _soon, Monday));
        var given = Ok(WorkRules.HandOver(shard, By("ada", "a", "2"), isUp: true, Monday)).Find("a")!;

        Assert.True(given.IsEscalated(Monday.AddSeconds(-1)));
        Assert.False(shard.Find("a")!.IsEscalated(Monday));
    }

    [Fact]
    public void Claim_PurposeThatIsNotGrantedOrNotAnyMore_IsNoSuchWork()
    {
        var shard = WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a", _one)], Monday);

        Assert.Equal(RefusalReason.NotFound, WorkRules.Claim(shard, By("ada", "a", "1"), new Purpose("sales.advice"), _soon, Monday).Refusal?.Reason);
        Assert.Equal(RefusalReason.NotFound, WorkRules.Claim(shard, By("ada", "a", "1"), _support, _soon, Monday.AddDays(7)).Refusal?.Reason);
        Assert.Equal(RefusalReason.NotFound, WorkRules.Claim(shard, By("ada", "b", "1"), _support, _soon, Monday).Refusal?.Reason);
    }

    [Fact]
    public void First_AnyWork_TheOrderOfTheQueueAndPagesThatMissNothing()
    {
        var random = new Random(Trials.Seed);
        for (var round = 0; round < 200; round++)
        {
            var works = Enumerable.Range(0, random.Next(1, 30)).Select(number => WorkOf($"w{number}", _one) with
            {
                Since = Monday.AddMinutes(-random.Next(5)),
                Deadline = random.Next(2) == 0 ? null : new Deadline(null, Monday.AddMinutes(random.Next(-5, 5)), null),
            }).ToArray();

            var expected = works.Where(IsOverdue).OrderBy(work => work.Deadline!.Due).ThenBy(work => work.Id, StringComparer.Ordinal)
                .Concat(works.Where(work => !IsOverdue(work)).OrderBy(work => work.Since).ThenBy(work => work.Id, StringComparer.Ordinal));
            var paged = new List<Work>();
            while (WorkPlace.First(works, paged.Count == 0 ? null : WorkPlace.Of(paged[^1], Monday), 4, Monday) is { IsEmpty: false } page)
            {
                paged.AddRange(page);
            }

            Assert.Equal(expected.Select(work => work.Id), paged.Select(work => work.Id));
        }

        static bool IsOverdue(Work work) => work.Deadline is { } deadline && deadline.Due <= Monday;
    }

    [Fact]
    public void OrderedWorks_AnyFilterAndPlace_ArePagesOfTheWholeQueue()
    {
        var random = new Random(Trials.Seed);
        WorkFilter[] filters = [.. new bool?[] { null, false, true }.SelectMany(escalated => new[] { new WorkFilter(_support, [], escalated), new WorkFilter(_support, [AttentionKind.Promise], escalated) })];
        for (var round = 0; round < 300; round++)
        {
            Work[] works = [.. Enumerable.Range(0, random.Next(1, 30)).Select(number => WorkOf($"w{number}", _one) with
            {
                Kind = (AttentionKind)random.Next(1, 3),
                Since = Monday.AddMinutes(-random.Next(5)),
                Deadline = new Deadline(null, Monday.AddMinutes(random.Next(-5, 5)), random.Next(2) == 0 ? null : Monday.AddMinutes(random.Next(5))),
                Result = random.Next(9) == 0 ? WorkResult.Done : null,
            })];
            var ordered = new OrderedWorks(new WorkShard([.. works.Select(work => work.Kind == AttentionKind.Question && random.Next(2) == 0 ? work with { Deadline = null } : work)]));
            var now = Monday.AddMinutes(random.Next(-3, 8));
            var after = random.Next(3) == 0 ? default(WorkPlace?) : WorkPlace.Of(ordered.Shard.Works[random.Next(works.Length)], now);
            var filter = filters[random.Next(filters.Length)];
            var most = random.Next(1, 9);

            Assert.Equal(
                WorkPlace.First(ordered.Shard.Works.Where(work => filter.Takes(work, now)), after, most, now).Select(work => work.Id),
                ordered.First(filter, after, most, now).Select(work => work.Id));
        }
    }

    private static Work WorkOf(string id, CustomerKey customer) =>
        new(id, customer, AttentionKind.Question, "forum", Monday, null, [new GrantedPurpose(_support, Monday.AddDays(7))]);

    private static WorkCommand By(string actor, string work, string request) => new(request, work, actor, null);

    private static WorkShard Ok(Outcome<WorkShard> outcome)
    {
        Assert.True(outcome.IsOk, outcome.Refusal?.ToString());
        return outcome.Value;
    }
}
