using System.Xml.Linq;

namespace CustomerContext.Rules.Tests;

/// <summary>Who may use whom: the arrows of the architecture.</summary>
public class ReferenceRules
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["contracts/CustomerContext.Contracts.csproj"] = [],
        ["silo/CustomerContext.Domain/CustomerContext.Domain.csproj"] = [],
        ["silo/CustomerContext.Grains/CustomerContext.Grains.csproj"] = ["CustomerContext.Domain"],
        ["silo/CustomerContext.Storage/CustomerContext.Storage.csproj"] = ["CustomerContext.Grains"],
        ["silo/CustomerContext.Silo/CustomerContext.Silo.csproj"] = ["CustomerContext.Contracts", "CustomerContext.Storage"],
        ["silo/CustomerContext.Demo/CustomerContext.Demo.csproj"] = ["CustomerContext.Silo"],
        ["clients/CustomerContext.Client/CustomerContext.Client.csproj"] = ["CustomerContext.Contracts"],
        ["clients/CustomerContext.Cli/CustomerContext.Cli.csproj"] = ["CustomerContext.Client"],
        ["clients/CustomerContext.Connectors/CustomerContext.Connectors.csproj"] = ["CustomerContext.Client"],
        ["clients/CustomerContext.Web/CustomerContext.Web.csproj"] = ["CustomerContext.Client"],
    };

    [Fact]
    public void References_OfEveryProject_PointAsTheArchitectureSays()
    {
        var projects = Repository.Sources("*.csproj", "contracts", "silo", "clients").Select(Repository.Short).Order().ToArray();
        Assert.Equal(Allowed.Keys.Order(), projects);
        foreach (var project in projects)
        {
            var references = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Equal(Allowed[project].Order(), references.Order());
        }
    }

    [Fact]
    public void Domain_OfOrleans_UsesTheSerializationAttributesOnly()
    {
        var faults = Repository.Sources("*.cs", "silo/CustomerContext.Domain")
            .SelectMany(path => File.ReadLines(path), (path, line) => (Path: Repository.Short(path), Line: line.Trim()))
            .Where(line => line.Line.StartsWith("using Orleans.", StringComparison.Ordinal) || line.Line.StartsWith("using Microsoft.", StringComparison.Ordinal))
            .ToArray();
        Assert.Empty(faults);
    }

    [Fact]
    public void Sources_Anywhere_AreCompiledOneWayOnly()
    {
        var faults = Repository.Sources("*.cs", "silo", "clients", "tests", "contracts")
            .SelectMany(path => File.ReadLines(path), (path, line) => (Path: Repository.Short(path), Line: line.Trim()))
            .Where(line => line.Line.StartsWith("#if", StringComparison.Ordinal))
            .ToArray();
        Assert.Empty(faults);
    }
}
