using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Signals;

public sealed class SignalRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 19, 12, 0, 0, TimeSpan.Zero);

    private static readonly ConversationSignal Turn = new()
    {
        Id = "s1",
        Source = new SourceId("acme/crm"),
        OccurredAt = Now,
        ConversationId = "c1",
        Channel = "chat",
        Role = Role.Customer,
        State = ConversationState.Opened,
    };

    private static readonly SurveySignal Survey = new()
    {
        Id = "s1",
        Source = new SourceId("acme/crm"),
        OccurredAt = Now,
        Question = "csat",
        Answer = 4,
        ScaleMinimum = 1,
        ScaleMaximum = 5,
    };

    private static readonly BehaviourSignal Behaviour = new()
    {
        Id = "s1",
        Source = new SourceId("acme/crm"),
        OccurredAt = Now,
        Resource = "/help/router",
        Action = BehaviourAction.View,
        Topics = ["router"],
    };

    private static readonly TraitSignal Trait = new()
    {
        Id = "s1",
        Source = new SourceId("acme/crm"),
        OccurredAt = Now,
        Name = "situation",
        Value = "moving",
    };

    private static readonly CorrectionSignal Correction = new() { Id = "s1", Source = SourceId.Customer, OccurredAt = Now, Score = 0.5 };

    public static TheoryData<string, Signal> Good { get; } = new()
    {
        { "turn", Turn },
        { "survey", Survey },
        { "behaviour", Behaviour },
        { "longest resource", Behaviour with { Resource = new string('ä', 128) } },
        { "trait", Trait },
        { "correction", Correction },
        { "longest id", Turn with { Id = new string('x', 128) } },
        { "longest id beyond the first plane", Turn with { Id = string.Concat(Enumerable.Repeat("😀", 128)) } },
        { "longest source", Turn with { Source = new SourceId(new string('x', 81)) } },
        { "5 minutes ahead", Turn with { OccurredAt = Now.AddMinutes(5) } },
        { "1970", Turn with { OccurredAt = DateTimeOffset.UnixEpoch } },
        { "longest link", Turn with { Link = "https://example.org/".PadRight(256, 'x') } },
        { "longest conversation id", Turn with { ConversationId = new string('x', 128) } },
        { "longest channel", Turn with { Channel = new string('x', 40) } },
        { "most counterparties", Turn with { Counterparties = [.. Enumerable.Repeat(new Counterparty(Role.Agent), 8)] } },
        { "most topics", Turn with { Topics = [.. Enumerable.Repeat("jazz", 8)] } },
        { "longest topic", Turn with { Topics = [new string('x', 40)] } },
        { "lowest score", Turn with { Score = new GivenScore(-1, 0) } },
        { "highest score", Turn with { Score = new GivenScore(1, 1) } },
        { "soonest promise", Turn with { State = ConversationState.Promised, PromisedUntil = Turn.OccurredAt.AddTicks(1) } },
        { "longest promise", Turn with { State = ConversationState.Promised, PromisedUntil = Turn.OccurredAt.AddDays(90) } },
        { "an idea", Turn with { State = ConversationState.Proposed } },
        { "upstream at its end", Turn with { Upstream = new UpstreamScore(1_000_000, -1_000_000, 1_000_000) } },
        { "worst answer", Survey with { Answer = 1 } },
        { "best answer", Survey with { Answer = 5 } },
        { "longest trait name", Trait with { Name = "x-".PadRight(40, 'y') } },
        { "longest trait value", Trait with { Value = new string('語', 64) } },
        { "no trait value", Trait with { Value = "" } },
        { "name of a family", Trait with { Name = "open_case.1" } },
        { "corrected topic", Correction with { Score = null, Topic = new TopicCorrection("jazz", -1) } },
        { "corrected trait", Correction with { Score = null, Trait = new TraitCorrection("like", "") } },
    };

    public static TheoryData<string, string, Signal> Bad { get; } = new()
    {
        { "id", "required", Turn with { Id = "" } },
        { "id", "at most 128 characters", Turn with { Id = new string('x', 129) } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\u0001" } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\u0085" } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\u202Eb" } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\u200Bb" } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\U000E0041b" } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\u2028b" } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\u2029b" } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\uFFFD" } },
        { "id", "no control, format or separator characters, no U+FFFD", Turn with { Id = "a\uD800" } },
        { "source", "required", Turn with { Source = default } },
        { "source", "at most 81 characters", Turn with { Source = new SourceId(new string('x', 82)) } },
        { "occurred_time", "at most 300 seconds ahead", Turn with { OccurredAt = Now.AddMinutes(5).AddTicks(1) } },
        { "occurred_time", "not before 1970", Turn with { OccurredAt = DateTimeOffset.UnixEpoch.AddTicks(-1) } },
        { "link", "at most 256 bytes", Turn with { Link = "https://example.org/".PadRight(257, 'x') } },
        { "link", "only printable ASCII", Turn with { Link = "https://example.org/ü" } },
        { "link", "an http(s) URL", Turn with { Link = "javascript:alert(1)" } },
        { "link", "an http(s) URL", Turn with { Link = "example.org" } },
        { "conversation.conversation_id", "required", Turn with { ConversationId = "" } },
        { "conversation.conversation_id", "at most 128 characters", Turn with { ConversationId = new string('x', 129) } },
        { "conversation.channel", "required", Turn with { Channel = "" } },
        { "conversation.channel", "at most 40 characters", Turn with { Channel = new string('x', 41) } },
        { "conversation.channel", "only a-z, 0-9, '_' and '-'", Turn with { Channel = "Chat" } },
        { "conversation.role", "unknown value", Turn with { Role = 0 } },
        { "conversation.role", "unknown value", Turn with { Role = (Role)4 } },
        { "conversation.state", "unknown value", Turn with { State = (ConversationState)8 } },
        { "conversation.promised_until_time", "required of a promise", Turn with { State = ConversationState.Promised } },
        { "conversation.promised_until_time", "after occurred_time, by at most 90 days", Turn with { State = ConversationState.Promised, PromisedUntil = Turn.OccurredAt } },
        { "conversation.promised_until_time", "after occurred_time, by at most 90 days", Turn with { State = ConversationState.Promised, PromisedUntil = Turn.OccurredAt.AddDays(90).AddTicks(1) } },
        { "conversation.promised_until_time", "goes with a promise only", Turn with { PromisedUntil = Turn.OccurredAt.AddDays(1) } },
        { "conversation.counterparties", "at most 8", Turn with { Counterparties = [.. Enumerable.Repeat(new Counterparty(Role.Agent), 9)] } },
        { "conversation.counterparties[1].role", "unknown value", Turn with { Counterparties = [new Counterparty(Role.Agent), new Counterparty((Role)9)] } },
        { "conversation.topics", "at most 8", Turn with { Topics = [.. Enumerable.Repeat("jazz", 9)] } },
        { "conversation.topics[1]", "at most 40 characters", Turn with { Topics = ["jazz", new string('x', 41)] } },
        { "conversation.topics[0]", "required", Turn with { Topics = ["  "] } },
        { "conversation.topics[0]", "no control, format or separator characters, no U+FFFD", Turn with { Topics = ["a\nb"] } },
        { "conversation.score", "in [-1, 1]", Turn with { Score = new GivenScore(1.001) } },
        { "conversation.score", "in [-1, 1]", Turn with { Score = new GivenScore(double.NaN) } },
        { "conversation.confidence", "in [0, 1]", Turn with { Score = new GivenScore(0, -0.001) } },
        { "conversation.confidence", "in [0, 1]", Turn with { Score = new GivenScore(0, double.NaN) } },
        { "conversation.upstream_score.value", "within its scale", Turn with { Upstream = new UpstreamScore(11, 0, 10) } },
        { "conversation.upstream_score.minimum", "below maximum", Turn with { Upstream = new UpstreamScore(1, 1, 1) } },
        { "conversation.upstream_score.maximum", "in [-1000000, 1000000]", Turn with { Upstream = new UpstreamScore(1, 0, 1_000_001) } },
        { "link", "without a user name: what stands before '@' would be taken for the host", Turn with { Link = "https://bank.example@evil.example/" } },
        { "behaviour.resource", "required", Behaviour with { Resource = "" } },
        { "behaviour.resource", "at most 256 bytes", Behaviour with { Resource = new string('r', 257) } },
        { "behaviour.resource", "at most 256 bytes", Behaviour with { Resource = new string('ä', 129) } },
        { "behaviour.resource", "no control, format or separator characters, no U+FFFD", Behaviour with { Resource = "a\nb" } },
        { "behaviour.action", "unknown value", Behaviour with { Action = 0 } },
        { "behaviour.topics", "at most 8", Behaviour with { Topics = [.. Enumerable.Repeat("jazz", 9)] } },
        { "survey.question", "required", Survey with { Question = "" } },
        { "survey.answer", "within its scale", Survey with { Answer = 5.01 } },
        { "survey.answer", "within its scale", Survey with { Answer = double.NaN } },
        { "survey.scale_minimum", "below scale_maximum", Survey with { ScaleMinimum = 5 } },
        { "survey.scale_minimum", "in [-1000000, 1000000]", Survey with { ScaleMinimum = double.NegativeInfinity } },
        { "survey.topics[0]", "required", Survey with { Topics = [""] } },
        { "trait.name", "required", Trait with { Name = "" } },
        { "trait.name", "at most 40 characters", Trait with { Name = "x-".PadRight(41, 'y') } },
        { "trait.name", "only a-z, 0-9, '_', '-' and '.'", Trait with { Name = "x-A" } },
        { "trait.name", "a name of the list, or beginning with 'x-'", Trait with { Name = "religion" } },
        { "trait.value", "at most 64 characters", Trait with { Value = new string('語', 65) } },
        { "correction", "exactly one of sentiment_score, topic, trait", Correction with { Score = null } },
        { "correction", "exactly one of sentiment_score, topic, trait", Correction with { Topic = new TopicCorrection("jazz") } },
        { "correction.sentiment_score", "in [-1, 1]", Correction with { Score = -1.1 } },
        { "correction.topic.topic", "required", Correction with { Score = null, Topic = new TopicCorrection("") } },
        { "correction.topic.sentiment_score", "in [-1, 1]", Correction with { Score = null, Topic = new TopicCorrection("jazz", 2) } },
        { "correction.trait.name", "required", Correction with { Score = null, Trait = new TraitCorrection("", "v") } },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Check_AtTheLimit_IsFine(string what, Signal signal) =>
        Assert.True(SignalRules.Check(signal, Now) is null, what);

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_OnePast_NamesFieldAndRule(string field, string rule, Signal signal) =>
        Assert.Equal(new Refusal(RefusalReason.InvalidArgument, field, rule), SignalRules.Check(signal, Now));

    [Theory]
    [InlineData("https://example.org/a?b=\"c\"&d='e'<f>", "https://example.org/a?b=%22c%22&d=%27e%27%3Cf%3E")]
    [InlineData("HTTPS://EXAMPLE.org:443/a/../b", "https://example.org/b")]
    [InlineData("no address", "no address")]
    [InlineData("https://example.org/\u00FC", "https://example.org/\u00FC")]
    public void Normalise_ALink_EscapedAndWhole(string link, string normal) => Assert.Equal(normal, LinkText.Normalise(link));

    [Theory]
    [InlineData("two\nlines\tand a tab", null)]
    [InlineData("a family \U0001F468\u200D\U0001F469", null)]
    [InlineData("", "required")]
    [InlineData("a\u0000b", "no control characters, no U+FFFD")]
    [InlineData("a\uFFFDb", "no control characters, no U+FFFD")]
    public void CheckText_Cases_NamesRule(string text, string? rule) => Assert.Equal(rule, SignalRules.CheckText(text)?.Rule);

    [Fact]
    public void CheckText_AtTheLimitAndOnePast_NamesRule()
    {
        Assert.Null(SignalRules.CheckText(new string('x', 10_000)));
        Assert.Equal("at most 10000 characters", SignalRules.CheckText(new string('x', 10_001))?.Rule);
    }

    [Theory]
    [InlineData("pt-BR", null)]
    [InlineData("a1234567890123456789012345678901234", null)]
    [InlineData("a12345678901234567890123456789012345", "at most 35 characters")]
    [InlineData("en\n", "only letters, digits and '-'")]
    public void CheckLanguage_Cases_NamesRule(string language, string? rule) => Assert.Equal(rule, SignalRules.CheckLanguage(language)?.Rule);
}
