using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Testing;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>Which mail about looks is due.</summary>
public sealed class LookMailRulesTests
{
    private static readonly DateTimeOffset _monday = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly CustomerKey _customer = new("80ff");

    /// <summary>Over days of looks at any time: each look is told once, in order; and there is never more than one mail a day.</summary>
    [Fact]
    public void Next_AnyLooksOverDays_EachToldOnceAndOneMailADay()
    {
        var random = new Random(Trials.Seed);
        for (var round = 0; round < 200; round++)
        {
            var looks = Enumerable.Range(1, random.Next(1, 120)).Select(_ => random.Next(0, 3 * 24 * 60)).Order().Select((minute, number) => LookAt(number + 1, minute)).ToArray();
            var mails = new Dictionary<DateOnly, int>();
            LookMailTold? told = null;
            var named = 0;
            for (var minute = 0; minute <= 5 * 24 * 60; minute += random.Next(1, 30))
            {
                var now = _monday.AddMinutes(minute);
                while (LookMailRules.Next(Untold(), now) is { } next)
                {
                    Assert.Equal(Untold().Take(next.Lines.Length), next.Lines);
                    Assert.InRange(next.Lines.Length, 1, Limits.LookMails.Lines);
                    named += next.Lines.Length + next.More;
                    told = next.Told;
                    Assert.Equal(looks[named - 1].Sequence, told.Sequence);
                    var day = DateOnly.FromDateTime(now.UtcDateTime);
                    mails[day] = mails.GetValueOrDefault(day) + 1;
                }

                LookLine[] Untold() => [.. looks.Where(look => look.At <= now && look.Sequence > (told?.Sequence ?? 0))];
            }

            Assert.Equal(looks.Length, named);
            Assert.All(mails.Values, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Next_AsManyAsAMailNamesAndMore_CountsTheRest(int more)
    {
        LookLine[] looks = [.. Enumerable.Range(1, Limits.LookMails.Lines + more).Select(number => LookAt(number, number))];

        Assert.Null(LookMailRules.Next(looks, _monday.AddDays(1).AddTicks(-1)));
        var mail = LookMailRules.Next(looks, _monday.AddDays(1))!;
        Assert.Equal((Limits.LookMails.Lines, more), (mail.Lines.Length, mail.More));
    }

    /// <summary>Before the mail of a day went, it is due that day, whenever one asks; then the day after.</summary>
    [Fact]
    public void DueAt_BeforeAndAfterTheMailOfADay_ThatNightAndTheNext()
    {
        var night = _monday + (Limits.LookMails.Spread / 2);

        Assert.Equal(night, LookMailRules.DueAt(null, _customer, _monday));
        Assert.Equal(night, LookMailRules.DueAt(new LookMailTold(1, DateOnly.FromDateTime(_monday.UtcDateTime).AddDays(-1)), _customer, _monday.AddHours(23)));
        Assert.Equal(night.AddDays(1), LookMailRules.DueAt(new LookMailTold(1, DateOnly.FromDateTime(_monday.UtcDateTime)), _customer, _monday.AddHours(23)));
    }

    private static LookLine LookAt(int sequence, int minute) => new(sequence, new TenantId("acme"), new Purpose("service.support"), _monday.AddMinutes(minute), false);
}
