using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Sentiment.Model;
using CustomerContext.Domain.Sentiment.Reading;
using CustomerContext.Domain.Sentiment.Rules;
using CustomerContext.Domain.Sentiment.Words;

namespace CustomerContext.Domain.Tests.Sentiment;

/// <summary>The weights' format, pinned: who changes it raises the version and trains anew.</summary>
public sealed class ModelFileTests
{
    private static byte[] Shipped()
    {
        using var stream = typeof(TextScorer).Assembly.GetManifestResourceStream(typeof(SentimentModel), "weights.bin")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [Fact]
    public void Write_WhatWasRead_IsTheSameBytes()
    {
        var bytes = Shipped();

        Assert.Equal(bytes, ModelFile.Write(ModelFile.Read(bytes)));
    }

    [Fact]
    public void Read_OneByteChangedOrMissing_IsRefused()
    {
        var bytes = Shipped();
        foreach (var place in (int[])[0, 4, 100, bytes.Length / 2, bytes.Length - 33, bytes.Length - 1])
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= 1;
            Assert.Throws<InvalidDataException>(() => ModelFile.Read(damaged));
        }

        Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<InvalidDataException>(() => ModelFile.Read([]));
    }

    [Fact]
    public void Read_AnotherVersion_IsRefused()
    {
        var content = Shipped()[..^32];
        content[4]++;

        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read([.. content, .. System.Security.Cryptography.SHA256.HashData(content)]));

        Assert.Contains("version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_OfVersionTwo_IsPinned()
    {
        Assert.Equal(2, ModelFile.Version);
        Assert.Equal((15, 17, 386), (LanguageFeatures.Bits, TextFeatures.Bits, RuleBins.Count));
        Assert.Equal(0xD5196318FAD9BC67UL, Hash.Of("gut"));
        Assert.Equal(64_545, Hash.Place(Hash.Of("gut"), TextFeatures.Bits));
        Assert.Equal("guut", Word.Read("GUUUT", new char[Word.BufferLength]).Letters.ToString());
    }

    [Theory]
    [InlineData("good", 0, 1.9)]
    [InlineData("enttäuschung", 1, -2)]
    [InlineData("decepcionada", 3, -2)]
    [InlineData("wunderbar", 0, 0)]
    public void Find_WordOfALanguage_HasItsFeeling(string word, int language, double feeling)
    {
        var read = Word.Read(word, new char[Word.BufferLength]);

        Assert.Equal(feeling, Lexicon.Shared.Find(read, (TextLanguage)language).Feeling, 3);
    }
}
