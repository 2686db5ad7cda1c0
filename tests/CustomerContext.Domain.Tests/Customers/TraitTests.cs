using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Customers;

public sealed class TraitTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;
    private static readonly SourceId Mail = new("acme/mail");

    [Fact]
    public void Snapshot_Situation_SortsTraitsIntoTheirPlaces()
    {
        var situation = Given.State(
            Given.Trait("1", Noon, "wanted_outcome", "refund"),
            Given.Trait("2", Noon, "please_do_not", "call"),
            Given.Trait("3", Noon.AddMinutes(1), "please_do_not", "upsell"),
            Given.Trait("4", Noon, "situation", "moving", SourceId.Customer),
            Given.Trait("5", Noon, "open_case", "4711"),
            Given.Trait("6", Noon, "support_tier", "gold"),
            Given.Trait("7", Noon, "contact_preference", "mail"),
            Given.Trait("8", Noon, "x-loyalty", "7"),
            Given.Trait("9", Noon, "like", "tea")).Seen(Noon).Situation;

        Assert.Equal(new TraitContent("wanted_outcome", "refund", Noon, Given.Crm, Provenance.Observed), situation.WantedOutcome);
        Assert.Equal(["upsell", "call"], situation.PleaseDoNot.Select(trait => trait.Value));
        Assert.Equal(Provenance.Declared, situation.Situation?.Provenance);
        Assert.Equal(["4711"], situation.OpenCases.Select(trait => trait.Value));
        Assert.Equal(("gold", "mail"), (situation.SupportTier?.Value, situation.ContactPreference?.Value));
        Assert.Equal(["x-loyalty"], situation.Others.Select(trait => trait.Name));
    }

    [Fact]
    public void Apply_TakenBack_StaysGoneForLateOlderValues()
    {
        var state = Given.State(Given.Trait("2", Noon, "like", ""), Given.Trait("1", Noon.AddMinutes(-1), "like", "tea"), Given.Trait("3", Noon.AddMinutes(1), "like", "jazz"));

        Assert.Equal<string>(["jazz"], state.Seen(Noon).TopOfMind.Likes.Select(liked => liked.Topic));
    }

    [Fact]
    public void Apply_SeventeenthTrait_IsRefusedUntilOneIsTakenBack()
    {
        var sixteen = Given.State(Enumerable.Range(0, 16).Select(i => Given.Trait($"{i}", Noon, $"x-{i}", "v")));
        var another = Given.Trait("17", Noon, "x-17", "v");

        Assert.Equal(new Refusal(RefusalReason.LimitReached, null, "at most 16 traits of a source"), sixteen.Apply(another).Refusal);
        Assert.True(sixteen.Apply(Given.Trait("17", Noon, "x-17", "v", Mail)).IsOk);
        Assert.True(sixteen.Apply(Given.Trait("18", Noon.AddMinutes(1), "x-0", "w")).IsOk);
        Assert.True(sixteen.With(Given.Trait("18", Noon.AddMinutes(1), "x-0", "")).Apply(another).IsOk);
    }

    [Fact]
    public void Apply_NinthTakenBack_OldestIsForgotten()
    {
        var state = Given.State(Enumerable.Range(0, 9).Select(i => Given.Trait($"{i}", Noon.AddMinutes(i), $"x-{i:00}", "")));

        Assert.Equal(8, state.Sources[0].Traits.Length);
        Assert.Equal("x-01", state.Sources[0].Traits[0].Name);
    }

    [Fact]
    public void Apply_TooManyBytesOfTraits_IsRefused()
    {
        var longest = new string('語', Limits.Signals.TraitValueCharacters);
        var state = CustomerState.Empty;
        Outcome<Applied> outcome;
        var taken = 0;
        while ((outcome = state.Apply(Given.Trait($"{taken}", Noon, $"x-{taken}", longest))).IsOk)
        {
            state = outcome.Value.State;
            taken++;
        }

        Assert.Equal("at most 1024 bytes of traits of a source", outcome.Refusal?.Rule);
        Assert.InRange(taken, 4, 5);
    }

    [Theory]
    [InlineData(0, "by-customer")]
    [InlineData((90 * 24 * 60) - 1, "by-customer")]
    [InlineData(90 * 24 * 60, "by-system")]
    public void Snapshot_CustomersWord_WinsFor90Days(int minutes, string winner)
    {
        var state = Given.State(
            Given.Correction("1", Noon, SourceId.Customer, trait: new TraitCorrection("situation", "by-customer")),
            Given.Trait("2", Noon.AddSeconds(1), "situation", "by-system"));

        Assert.Equal(winner, state.Seen(Noon.AddMinutes(minutes)).Situation.Situation?.Value);
    }

    [Fact]
    public void Snapshot_EmptyCorrection_HidesOthersButAnEmptyTraitOnlyItsOwn()
    {
        var state = Given.State(Given.Trait("1", Noon, "like", "tea"), Given.Trait("2", Noon, "situation", "moving"));
        var own = state.With(Given.Trait("3", Noon.AddMinutes(1), "like", "", Mail), Given.Trait("4", Noon.AddMinutes(1), "situation", "", Mail)).Seen(Noon);
        var corrected = state.With(
            Given.Correction("5", Noon.AddMinutes(1), Mail, trait: new TraitCorrection("like", "")),
            Given.Correction("6", Noon.AddMinutes(1), SourceId.Customer, trait: new TraitCorrection("situation", ""))).Seen(Noon);

        var wish = Given.State(Given.Trait("1", Noon, "please_do_not", "call"))
            .With(Given.Trait("2", Noon.AddMinutes(1), "please_do_not", "call", SourceId.Customer), Given.Trait("3", Noon.AddMinutes(2), "please_do_not", "", SourceId.Customer)).Seen(Noon);
        Assert.Equal(Given.Crm, Assert.Single(wish.Situation.PleaseDoNot).Source);
        Assert.Equal((1, "moving"), (own.TopOfMind.Likes.Length, own.Situation.Situation?.Value));
        Assert.Equal((0, null), (corrected.TopOfMind.Likes.Length, corrected.Situation.Situation?.Value));
    }
}
