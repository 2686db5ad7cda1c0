using CustomerContext.Domain.Topics;

namespace CustomerContext.Domain.Tests.Topics;

public sealed class DenyListTests
{
    private static readonly TopicGate Gate = TopicGate.OfTenant([]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_PlantedSentencesInEveryLanguage_AreAllStopped(bool isLanguageKnown)
    {
        var missed = Planted.Sentences.Where(planted => !Gate.Read([], planted.Text, isLanguageKnown ? planted.Language : null).IsDenied).ToList();

        Assert.InRange(Planted.Sentences.Count(), 150, int.MaxValue);
        Assert.Empty(missed);
    }

    [Fact]
    public void Read_PlantedSentenceWrittenAsPeopleWrite_IsStopped()
    {
        Assert.All(
            ["I HAVE CANCER", "i have #cancer", "ich bin schwänger", "je suis enceinte!!!", "Ich habe Depre\u0301ssionen", "estoy embarazadísima", "#KillMyself", "self-harm", "Schuldenberatung", "uebergewichtig und ueberschuldet"],
            text => Assert.True(Gate.Read([], text, default(string)).IsDenied, text));
    }

    [Fact]
    public void Read_ThousandHarmlessSentences_NoneIsStopped()
    {
        var stopped = Harmless.Sentences.Where(sentence => Gate.Read([], sentence.Text, sentence.Language).IsDenied).ToList();

        Assert.InRange(Harmless.Sentences.Count(), 1_000, int.MaxValue);
        Assert.Empty(stopped);
    }

    [Fact]
    public void Read_PlantedSentenceWithTheWrongLanguageSaid_IsStopped()
    {
        var missed = Planted.Sentences.Where(planted => !Gate.Read([], planted.Text, planted.Language == "en" ? "de" : "en", planted.Language).IsDenied).ToList();

        Assert.Empty(missed);
    }

    [Fact]
    public void Lists_WordsDenied_AreNeitherStopWordsNorTopicsOfThatLanguage()
    {
        foreach (var language in LanguageSet.Listed)
        {
            var tag = LanguageSet.Tag(language);
            var others = ListFile.Words($"stop-{tag}").Concat(ListFile.Read($"topics-{tag}").Select(line => line.Entry.TrimEnd('*'))).Where(entry => !entry.Contains(' ', StringComparison.Ordinal));

            Assert.All(others, word => Assert.False(TopicFinder.Find(TopicVocabulary.Shared, word, language).IsDenied, $"{tag}: {word}"));
        }
    }

    [Fact]
    public void Lists_InEveryLanguage_NameTheSameKindsAndOnlyTopicsOfTheEnglishList()
    {
        var kinds = ListFile.Read("deny-en").Select(line => line.Key).Distinct().ToList();
        var topics = ListFile.Read("topics-en").Select(line => line.Key).ToHashSet();
        foreach (var tag in LanguageSet.Listed.Select(LanguageSet.Tag))
        {
            Assert.Equal(kinds, ListFile.Read($"deny-{tag}").Select(line => line.Key).Distinct());
            Assert.Subset(topics, ListFile.Read($"topics-{tag}").Select(line => line.Key).ToHashSet());
        }

        Assert.Equal(9, kinds.Count);
        Assert.Subset(topics, ListFile.Read("topics-any").Select(line => line.Key).ToHashSet());
        Assert.Subset(topics, ListFile.Read("topics-en").Where(line => line.Key == "general").Select(line => line.Entry).ToHashSet());
    }
}
