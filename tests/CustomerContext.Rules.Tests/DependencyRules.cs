using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerContext.Rules.Tests;

/// <summary>Every package is explained.</summary>
public partial class DependencyRules
{
    [Fact]
    public void Packages_OfTheVersionsFile_HaveOneRowEachInTheDocs()
    {
        var packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value);
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs/dependencies.md"))
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

        Assert.Equal(packages.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    /// <summary>A package, and something in each of the other four columns.</summary>
    [GeneratedRegex(@"^\| `([\w.]+)`(?: \| [^|]*\w[^|]*){4} \|$")]
    private static partial Regex Row();
}
