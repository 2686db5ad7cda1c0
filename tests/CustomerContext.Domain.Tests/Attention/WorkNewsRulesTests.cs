using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Testing;
using static CustomerContext.Domain.Tests.Attention.Given;

namespace CustomerContext.Domain.Tests.Attention;

/// <summary>What a company is told of its work.</summary>
public sealed class WorkNewsRulesTests
{
    private static readonly Purpose _support = new("service.support");
    private static readonly CustomerKey _one = new("11");

    /// <summary>Work of any times, told in any order of passes: each kind that came about is told once, in the order of time, none before its time and none after the end.</summary>
    [Fact]
    public void Untold_AnyWorkTickByTick_EachKindOnceInOrder()
    {
        var random = new Random(Trials.Seed);
        for (var round = 0; round < 500; round++)
        {
            var notice = random.Next(0, 40);
            var due = notice + random.Next(0, 10);
            var escalation = due + random.Next(0, 10);
            var (handed, ended) = (random.Next(0, 90), random.Next(0, 90));
            var shard = WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a") with { Deadline = new Deadline(At(notice), At(due), At(escalation)) }], Monday);
            var told = new List<(WorkNewsKinds Kind, int At)>();
            for (var minute = 0; minute < 100; minute++)
            {
                var now = At(minute);
                if (minute == ended)
                {
                    shard = Ok(WorkRules.Complete(Ok(WorkRules.Claim(shard, By($"c{minute}"), _support, now.AddHours(1), now)), By("e"), WorkResult.Done, now));
                }
                else if (minute == handed && minute < ended)
                {
                    shard = Ok(WorkRules.HandOver(Ok(WorkRules.Claim(shard, By($"c{minute}"), _support, now.AddHours(1), now)), By("h"), isUp: true, now));
                }

                if (random.Next(3) == 0 || minute == 99)
                {
                    var news = WorkNewsRules.Untold(shard, _ => true, now, 9);
                    Assert.All(news, one => Assert.True(WorkNewsRules.Holds(shard, one, now)));
                    told.AddRange(news.Select(one => (one.Kind, (int)(one.At - Monday).TotalMinutes)));
                    shard = WorkNewsRules.After(shard, news, now);
                    Assert.Empty(WorkNewsRules.Untold(shard, _ => true, now, 9));
                }
            }

            var isHanded = handed < ended;
            (WorkNewsKinds Kind, int At)[] expected =
            [
                (WorkNewsKinds.Due, notice),
                (WorkNewsKinds.Escalated, isHanded ? Math.Min(handed, escalation) : escalation),
                (WorkNewsKinds.Done, ended),
            ];
            Assert.Equal(expected.Where(one => one.At <= ended).OrderBy(one => one.At).ThenBy(one => one.Kind), told);
        }
    }

    [Fact]
    public void Untold_GrantEndedOrGivenUpOrADayOver_Nothing()
    {
        var shard = WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a") with { Deadline = new Deadline(null, Monday, null) }], Monday);
        var day = Monday + Limits.News.Longest;

        Assert.Single(WorkNewsRules.Untold(shard, _ => true, day.AddTicks(-1), 9));
        Assert.Empty(WorkNewsRules.Untold(shard, _ => true, day, 9));
        Assert.Empty(WorkNewsRules.Untold(shard, news => news.Kind != WorkNewsKinds.Due, Monday, 9));
        Assert.Single(WorkNewsRules.Lapsed(shard, _ => true, day.AddTicks(-1), day));
        Assert.Empty(WorkNewsRules.Lapsed(shard, _ => true, day, day.AddMinutes(1)));

        var ended = shard.Works[0] with { Purposes = [new GrantedPurpose(_support, Monday.AddMinutes(1))] };
        Assert.Empty(WorkNewsRules.Untold(new WorkShard([ended]), _ => true, Monday.AddMinutes(1), 9));
    }

    /// <summary>An answer hides work that is done and not told yet; a withdrawal leaves nothing of it.</summary>
    [Fact]
    public void Put_DoneAndUntold_KeptAfterAnAnswerAndNotAfterAWithdrawal()
    {
        var shard = WorkRules.Put(WorkShard.Empty, _one, [WorkOf("a")], Monday);
        shard = Ok(WorkRules.Complete(Ok(WorkRules.Claim(shard, By("c"), _support, Monday.AddHours(1), Monday)), By("e"), WorkResult.Done, Monday));

        var answered = WorkRules.Put(shard, _one, [], Monday, keepsEnds: true);

        Assert.Same(answered, WorkRules.Put(answered, _one, [], Monday, keepsEnds: true));
        var news = Assert.Single(WorkNewsRules.Untold(answered, _ => true, Monday, 9));
        Assert.Equal((WorkNewsKinds.Done, true), (news.Kind, Assert.Single(answered.Works).IsGone));
        Assert.Empty(WorkNewsRules.After(answered, [news], Monday).Works);
        Assert.Empty(WorkNewsRules.After(answered, [], Monday + Limits.News.Longest).Works);
        Assert.Same(answered, WorkNewsRules.After(answered, [], Monday));
        Assert.Empty(WorkRules.Put(answered, _one, [], Monday).Works);
        Assert.False(WorkNewsRules.Holds(WorkShard.Empty, news, Monday));
    }

    private static DateTimeOffset At(int minute) => Monday.AddMinutes(minute);

    private static Work WorkOf(string id) => new(id, _one, AttentionKind.Question, "forum", Monday.AddHours(-1), null, [new GrantedPurpose(_support, Monday.AddDays(7))]);

    private static WorkCommand By(string request) => new(request, "a", "ada", null);

    private static WorkShard Ok(Outcome<WorkShard> outcome)
    {
        Assert.True(outcome.IsOk, outcome.Refusal?.ToString());
        return outcome.Value;
    }
}
