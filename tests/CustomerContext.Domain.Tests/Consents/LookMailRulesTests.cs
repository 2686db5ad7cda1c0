using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Testing;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>Which mail about looks is due.</summary>
public sealed class LookMailRulesTests
{
    private static readonly DateTimeOffset _monday = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly LookMail _each = new(LookMailKind.EachLook, [], "en", _monday);
    private static readonly LookMail _daily = _each with { Kind = LookMailKind.Daily };
    private static readonly CustomerKey _customer = new("80ff");

    /// <summary>Over days of looks at any time: each look is told once, in order; of a day there are never more mails than the limit and the one of the day before.</summary>
    [Theory]
    [InlineData(LookMailKind.EachLook)]
    [InlineData(LookMailKind.Daily)]
    public void Next_AnyLooksOverDays_EachToldOnceAndNeverTooManyMails(LookMailKind kind)
    {
        var random = new Random(Trials.Seed);
        for (var round = 0; round < 200; round++)
        {
            var looks = Enumerable.Range(1, random.Next(1, 120)).Select(_ => random.Next(0, 3 * 24 * 60)).Order().Select((minute, number) => LookAt(number + 1, minute)).ToArray();
            var (mail, mails) = (_each with { Kind = kind }, new Dictionary<DateOnly, int>());
            LookMailTold? told = null;
            var named = 0;
            for (var minute = 0; minute <= 5 * 24 * 60; minute += random.Next(1, 30))
            {
                var now = _monday.AddMinutes(minute);
                while (LookMailRules.Next(mail, told, Untold(), now) is { } next)
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
            Assert.All(mails.Values, count => Assert.InRange(count, 1, kind == LookMailKind.Daily ? 1 : Limits.LookMails.PerDay));
        }
    }

    [Fact]
    public void Next_MoreThanADaysMails_TheRestInOneTheDayAfter()
    {
        LookLine[] looks = [.. Enumerable.Range(1, Limits.LookMails.PerDay + 2).Select(number => LookAt(number, number))];
        LookMailTold? told = null;
        for (var mail = 0; mail < Limits.LookMails.PerDay; mail++)
        {
            told = LookMailRules.Next(_each, told, looks[mail..], _monday.AddHours(1))!.Told;
        }

        Assert.Null(LookMailRules.Next(_each, told, looks[Limits.LookMails.PerDay..], _monday.AddDays(1).AddTicks(-1)));
        Assert.Equal(2, LookMailRules.Next(_each, told, looks[Limits.LookMails.PerDay..], _monday.AddDays(1))!.Lines.Length);
    }

    [Fact]
    public void NextAt_EachAndDaily_SoonAndInTheNight()
    {
        var night = _monday.AddDays(1) + (Limits.LookMails.Spread / 2);

        Assert.Equal(_monday + Limits.LookMails.Every, LookMailRules.NextAt(_each, _customer, _monday));
        Assert.Equal(night, LookMailRules.NextAt(_daily, _customer, _monday));
    }

    private static LookLine LookAt(int sequence, int minute) => new(sequence, new TenantId("acme"), new Purpose("service.support"), _monday.AddMinutes(minute), false);
}
