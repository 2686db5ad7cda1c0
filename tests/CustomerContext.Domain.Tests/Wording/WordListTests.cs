using CustomerContext.Domain.Briefs;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Topics;
using CustomerContext.Domain.Wording;

namespace CustomerContext.Domain.Tests.Wording;

/// <summary>Whatever is said in one language is said in all.</summary>
public sealed class WordListTests
{
    public static TheoryData<Language> Others => [Language.German, Language.French];

    [Theory]
    [MemberData(nameof(Others))]
    public void Codes_OfEnglish_AreAllInTheOther(Language language)
    {
        var other = WordList.Of(language);

        Assert.Equal(WordList.Of(Language.English).Codes.Where(IsSaidInAll), other.Codes.Where(IsSaidInAll));
        Assert.All(WordList.Of(Language.English).Codes, code => Assert.Equal(Places(WordList.Of(Language.English).Find(code)!), Places(other.Find(code)!)));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Topic_OfTheLists_HasWords(Language language) =>
        Assert.All(TopicVocabulary.Shared.Topics.Where(topic => topic.Length > 0), topic => Assert.NotNull(WordList.Of(language).Find($"topic.{topic}")));

    [Theory]
    [MemberData(nameof(Others))]
    public void PurposesAndPresets_OfTheTables_HaveWords(Language language)
    {
        Assert.All(PurposeTable.All, rule => Assert.InRange(WordList.Of(language).Find($"purpose.{rule.Purpose.Value}")?.Length ?? 0, 1, 200));
        Assert.All(PresetTable.All, preset => Assert.InRange(WordList.Of(language).Find($"preset.{preset.Name}")?.Length ?? 0, 1, 400));
    }

    [Fact]
    public void Fold_OfEveryTopicThatSaysWhatWaits_HasWords() =>
        Assert.All(Matters.Waiting, topic => Assert.NotNull(WordList.Of(Language.English).Find($"fold.{topic}")));

    [Fact]
    public void Services_OfTheBrief_AreTopicsOfTheLists() => Assert.All(Matters.Services, topic => Assert.Contains(topic, TopicVocabulary.Shared.Topics));

    [Theory]
    [InlineData("", Language.English)]
    [InlineData("nl", Language.English)]
    [InlineData("de", Language.German)]
    [InlineData("DE-ch", Language.German)]
    [InlineData("fr-CA", Language.French)]
    [InlineData("fry", Language.English)]
    public void Of_Tag_ItsBeginningCounts(string tag, Language language) => Assert.Equal(language, Languages.Of(tag));

    [Theory]
    [InlineData(0, "1 minute", "1 Minute", "1 minute")]
    [InlineData(59 * 60, "59 minutes", "59 Minuten", "59 minutes")]
    [InlineData(60 * 60, "1 hour", "1 Stunde", "1 heure")]
    [InlineData((48 * 60 * 60) - 1, "47 hours", "47 Stunden", "47 heures")]
    [InlineData(48 * 60 * 60, "2 days", "2 Tagen", "2 jours")]
    [InlineData(14 * 86_400, "2 weeks", "2 Wochen", "2 semaines")]
    [InlineData(63 * 86_400, "2 months", "2 Monaten", "2 mois")]
    public void Age_AtEachStep_IsInWords(int seconds, string english, string german, string french) => Assert.Equal(
        [english, german, french], Enum.GetValues<Language>().Select(language => WordList.Of(language).Age(TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void Value_ThatHasNoWords_IsShownPlain() => Assert.Equal("speak slowly please", WordList.Of(Language.German).Value("please_do_not", "speak_slowly-please"));

    /// <summary>Names of topics are English words, and the tables of purposes and presets say in English what each is.</summary>
    private static bool IsSaidInAll(string code) => !new[] { "topic.", "purpose.", "preset." }.Any(beginning => code.StartsWith(beginning, StringComparison.Ordinal));

    private static IEnumerable<string> Places(string sentence) =>
        new[] { "{topic}", "{value}", "{age}", "{what}", "{n}" }.Where(place => sentence.Contains(place, StringComparison.Ordinal));
}
