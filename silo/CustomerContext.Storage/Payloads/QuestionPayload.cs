using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Storage.Payloads;

/// <summary>Questions of tribes: what a tribe asks, and what a customer was asked.</summary>
internal static class QuestionPayload
{
    public static Stored.PanelQuestion? ToMessage(PanelQuestion? question) => question is null ? null : new Stored.PanelQuestion
    {
        Id = question.Id,
        Topic = question.Topic,
        SeedHigh = question.Seed.High,
        SeedLow = question.Seed.Low,
        Silent = question.Silent,
        Few = question.Few,
        Many = question.Many,
        AskedTicks = Ticks.Of(question.AskedAt),
        UntilTicks = Ticks.Of(question.Until),
    };

    public static PanelQuestion? FromMessage(Stored.PanelQuestion? stored) => stored is null ? null : new PanelQuestion(
        stored.Id,
        stored.Topic,
        new ReleaseSeed(stored.SeedHigh, stored.SeedLow),
        stored.Silent,
        stored.Few,
        stored.Many,
        Ticks.Instant(stored.AskedTicks),
        Ticks.Instant(stored.UntilTicks));

    public static Stored.AskedQuestion? ToMessage(AskedQuestion? asked) => asked is null ? null : new Stored.AskedQuestion
    {
        Id = asked.Id,
        Tribe = asked.Tribe.Value,
        Topic = asked.Topic,
        AskedTicks = Ticks.Of(asked.AskedAt),
        UntilTicks = Ticks.Of(asked.Until),
        IsAnswered = asked.IsAnswered,
    };

    public static AskedQuestion? FromMessage(Stored.AskedQuestion? stored) => stored is null ? null : new AskedQuestion(
        stored.Id, new TribeId(stored.Tribe), stored.Topic, Ticks.Instant(stored.AskedTicks), Ticks.Instant(stored.UntilTicks), stored.IsAnswered);
}
