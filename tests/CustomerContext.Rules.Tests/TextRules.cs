using System.Text.RegularExpressions;

namespace CustomerContext.Rules.Tests;

/// <summary>What no file may hold.</summary>
public partial class TextRules
{
    [Fact]
    public void Sources_Anywhere_HaveNoRegionAndNothingLeftOpen() => Assert.Empty(Lines(LeftOpen(), "silo", "clients", "contracts"));

    [Fact]
    public void Tests_Anywhere_NeitherSleepNorSkip() => Assert.Empty(Lines(SleepOrSkip(), "tests"));

    [Fact]
    public void Scripts_OfTheReadme_AreThoseThatCiRuns()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.Contains("./run", readme, StringComparison.Ordinal);
        Assert.Contains("./test", readme, StringComparison.Ordinal);
        Assert.Contains("exec ./test", File.ReadAllText(Path.Combine(Repository.Root, ".ci/run")), StringComparison.Ordinal);
    }

    [Fact]
    public void Purposes_OfTheTable_AreAllInTheDocs()
    {
        var docs = File.ReadAllText(Path.Combine(Repository.Root, "docs/consent.md"));
        var purposes = File.ReadLines(Path.Combine(Repository.Root, "silo/CustomerContext.Domain/Consents/purposes.csv"))
            .Where(line => line.Contains('.') && !line.StartsWith('#'))
            .Select(line => line[..line.IndexOf(',')])
            .ToArray();
        Assert.NotEmpty(purposes);
        Assert.All(purposes, purpose => Assert.Contains($"| `{purpose}` |", docs, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_OfTheArchitecturePage_Exist()
    {
        var names = FileName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/architecture.md"))).Select(match => match.Groups[1].Value).ToArray();
        var files = Repository.Sources("*", "silo").Select(Path.GetFileName).ToHashSet();
        Assert.NotEmpty(names);
        Assert.DoesNotContain(names, name => !files.Contains(name));
    }

    [Fact]
    public void Links_OfTheDocs_LeadToFiles()
    {
        var links = Repository.Sources("*.md", "docs").Append(Path.Combine(Repository.Root, "README.md"))
            .SelectMany(path => Link().Matches(File.ReadAllText(path)), (path, link) => Path.Combine(Path.GetDirectoryName(path)!, link.Groups[1].Value))
            .ToArray();
        Assert.NotEmpty(links);
        Assert.DoesNotContain(links, path => !Path.Exists(path));
    }

    [Fact]
    public void LogIds_InTheSilo_AreUnique()
    {
        var ids = Repository.Sources("*.cs", "silo")
            .SelectMany(path => LogId().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value)
            .ToArray();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void TestMethods_Everywhere_SayMethodCaseAndResult()
    {
        var names = Repository.Sources("*.cs", "tests")
            .SelectMany(path => TestMethod().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value)
            .ToArray();
        Assert.NotEmpty(names);
        Assert.DoesNotContain(names, name => !TestName().IsMatch(name));
    }

    private static string[] Lines(Regex forbidden, params string[] folders) =>
    [
        .. Repository.Sources("*.cs", folders)
            .Where(path => !path.EndsWith("TextRules.cs", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Where(line => forbidden.IsMatch(line)), (path, line) => $"{Repository.Short(path)}: {line.Trim()}"),
    ];

    [GeneratedRegex(@"#region|\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\(|\bSkip *=|Assert\.True\(true\)")]
    private static partial Regex SleepOrSkip();

    [GeneratedRegex(@"`(?:\w+/)*([\w.]+\.(?:cs|csv|proto))`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"LoggerMessage\((\d+)")]
    private static partial Regex LogId();

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\]]*\](?:\s*\[[^\n]*\])*\s*public (?:async )?(?:Task|void|ValueTask) (\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"^[A-Z]\w*_\w+_\w+$")]
    private static partial Regex TestName();
}
