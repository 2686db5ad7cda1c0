namespace CustomerContext.Rules.Tests;

/// <summary>Files that can be read in one sitting.</summary>
public class SizeRules
{
    private const int ProductLines = 400;
    private const int TestLines = 600;

    [Fact]
    public void Files_OfTheProduct_AreShort() => Assert.Empty(Longer(ProductLines, "silo", "clients", "standins"));

    [Fact]
    public void Files_OfTheTests_AreShort() => Assert.Empty(Longer(TestLines, "tests"));

    [Fact]
    public void Files_OfTheProduct_AreMostlyVeryShort()
    {
        var lengths = Repository.Sources("*.cs", "silo", "clients").Select(path => File.ReadLines(path).Count()).Order().ToArray();
        Assert.InRange(lengths[lengths.Length / 2], 1, 80);
        Assert.InRange(lengths[lengths.Length * 9 / 10], 1, 200);
    }

    private static string[] Longer(int lines, params string[] folders) =>
    [
        .. Repository.Sources("*.cs", folders).Concat(Repository.Sources("*.proto", folders))
            .Where(path => File.ReadLines(path).Count() > lines)
            .Select(Repository.Short),
    ];
}
