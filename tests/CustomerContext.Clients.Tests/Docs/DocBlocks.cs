using System.Text.RegularExpressions;
using CustomerContext.Testing;

namespace CustomerContext.Clients.Tests.Docs;

/// <summary>The commands that a document tells its reader to type: the lines of its blocks of shell, without comments.</summary>
internal static partial class DocBlocks
{
    /// <summary>All documents, by their path in the repository.</summary>
    public static IReadOnlyList<string> Documents { get; } =
        ["README.md", .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];

    /// <summary>The commands of a document in their order.</summary>
    public static IReadOnlyList<string> CommandsOf(string document) =>
    [
        .. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, document)))
            .SelectMany(block => block.Groups["lines"].Value.Split('\n'))
            .Select(line => Comment().Replace(line, "").Trim())
            .Where(line => line.Length > 0),
    ];

    /// <summary>The words of a command; quotes hold some together.</summary>
    public static IReadOnlyList<string> WordsOf(string command) =>
        [.. Word().Matches(command).Select(word => word.Groups["quoted"].Success ? word.Groups["quoted"].Value : word.Value)];

    [GeneratedRegex(@"^```(bash|sh|shell|console)\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(^|\s+)# .*$")]
    private static partial Regex Comment();

    [GeneratedRegex("\"(?<quoted>[^\"]*)\"|\\S+")]
    private static partial Regex Word();
}
