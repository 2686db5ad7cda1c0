using System.Text.RegularExpressions;
using System.Xml.Linq;
using CustomerContext.Domain.Consents;
using CustomerContext.Testing;

namespace CustomerContext.Browser.Tests;

/// <summary>Each phrase is there in each language, with the same places for values; each key that a page names exists.</summary>
public sealed partial class WordsTests
{
    private static readonly string _web = Path.Combine(Repository.Root, "clients/CustomerContext.Web");

    [Theory]
    [InlineData("Text.de.resx")]
    [InlineData("Text.fr.resx")]
    public void Phrases_OfALanguage_AreThoseOfEnglish(string file)
    {
        var (english, other) = (Read("Text.resx"), Read(file));
        Assert.Equal(english.Keys.Order(), other.Keys.Order());
        Assert.All(english, phrase => Assert.Equal(Places(phrase.Value), Places(other[phrase.Key])));
    }

    [Fact]
    public void Keys_InPages_HavePhrases()
    {
        var phrases = Read("Text.resx");
        var used = Directory.EnumerateFiles(_web, "*.cs*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(path => Key().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, key => !phrases.ContainsKey(key));
    }

    /// <summary>People say yes and stop; software has permissions.</summary>
    [Fact]
    public void Phrases_OfEnglish_HaveNoPermissions() =>
        Assert.DoesNotContain(Read("Text.resx").Values, phrase => phrase.Contains("permission", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Purposes_OfTheTable_HavePhrases()
    {
        var phrases = Read("Text.resx");
        Assert.All(PurposeTable.All, purpose => Assert.Contains($"purpose.{purpose.Purpose.Value}", phrases.Keys));
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Path.Combine(_web, "Words", file)).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\b(?:W|words)\[""([^""]+)""")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
