namespace CustomerContext.Rules.Tests;

/// <summary>Files that can be read in one sitting.</summary>
public class SizeRules
{
    private const int ProductLines = 400;
    private const int TestLines = 600;

    [Fact]
    public void Files_OfTheProduct_AreShort() => Assert.Empty(Longer(ProductLines, "silo", "clients"));

    [Fact]
    public void Files_OfTheTests_AreShort() => Assert.Empty(Longer(TestLines, "tests"));

    private static string[] Longer(int lines, params string[] folders) =>
    [
        .. Repository.Sources("*.cs", folders).Concat(Repository.Sources("*.proto", folders))
            .Where(path => File.ReadLines(path).Count() > lines)
            .Select(Repository.Short),
    ];
}
