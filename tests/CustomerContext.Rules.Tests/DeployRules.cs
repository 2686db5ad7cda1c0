using System.Text.RegularExpressions;

namespace CustomerContext.Rules.Tests;

/// <summary>What is deployed names settings that there are, and ports at which a silo listens. No engine reads these files when tests run.</summary>
public partial class DeployRules
{
    private const string Options = "silo/CustomerContext.Silo/Config/SiloOptions.cs";

    [Fact]
    public void Settings_InDeploy_AreThoseOfTheSilo()
    {
        var options = Text(Options);
        var keys = Property().Matches(options).Select(match => match.Groups["key"].Value).ToHashSet();
        var flags = Property().Matches(options).Select(match => match.Groups["flag"].Value).Append("--to").ToHashSet();
        var files = Files().ToArray();
        var named = files.SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => (File: Repository.Short(file), Key: match.Groups[1].Value))).ToArray();
        var given = files.Where(file => !file.EndsWith("local-cluster", StringComparison.Ordinal))
            .SelectMany(file => Given().Matches(File.ReadAllText(file)).Select(match => (File: Repository.Short(file), Flag: match.Groups[1].Value))).ToArray();

        Assert.NotEmpty(named);
        Assert.NotEmpty(given);
        Assert.All(named, one => Assert.Contains(one.Key, keys));
        Assert.All(given, one => Assert.Contains(one.Flag, flags));
    }

    [Fact]
    public void Ports_OfTheImageAndTheManifests_AreTheDefaultsOfTheSilo()
    {
        var options = Text(Options);
        string[] ports = [PortOf(options, "Grpc"), PortOf(options, "Http"), Regex.Match(options, @"int SiloPort .*= (\d+);").Groups[1].Value];

        Assert.Equal(ports, Regex.Match(Text("deploy/container/Dockerfile"), "EXPOSE (.*)").Groups[1].Value.Split(' '));
        Assert.Equal(ports, Regex.Matches(Text("deploy/kubernetes/silos.yaml"), @"containerPort: (\d+)").Select(match => match.Groups[1].Value));
        Assert.All(
            Regex.Matches(Text("deploy/container/compose.yaml"), @"""51\d\d:(\d+)""").Select(match => match.Groups[1].Value),
            inside => Assert.Contains(inside, ports));
    }

    [Fact]
    public void Containers_Anywhere_HaveAReadOnlyRootAndNoRights()
    {
        var silo = Text("deploy/kubernetes/silos.yaml");
        Assert.All(["runAsNonRoot: true", "readOnlyRootFilesystem: true", "allowPrivilegeEscalation: false", "drop: [ALL]"], right => Assert.Contains(right, silo, StringComparison.Ordinal));
        Assert.Matches(@"USER \d+:\d+\n", Text("deploy/container/Dockerfile"));
        var compose = Text("deploy/container/compose.yaml");
        Assert.Equal(Regex.Count(compose, "image: "), Regex.Count(compose, "read_only: true"));
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/grafana/", StringComparison.Ordinal));

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static string PortOf(string options, string key) => Regex.Match(options, $@"string {key} .*:(\d+)"";").Groups[1].Value;

    [GeneratedRegex(@"\[Setting\(""(?<flag>[^""]*)"".*\]\s+public \S+ (?<key>\w+) ")]
    private static partial Regex Property();

    [GeneratedRegex(@"CustomerContext__(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"CustomerContext\.Silo\.dll[^\n]*?(?: \S+)*?\s(--[a-z-]+)")]
    private static partial Regex Given();
}
