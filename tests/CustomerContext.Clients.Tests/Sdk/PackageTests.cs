using System.IO.Compression;
using System.Xml.Linq;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;

namespace CustomerContext.Clients.Tests.Sdk;

/// <summary>What a user of the SDK gets: the packed files, from a folder, in a program of their own.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Program = """
        using CustomerContext.Client;

        using var client = new CustomerContextClient(new CustomerContextClientOptions { Address = new Uri(args[0]), ReadDeadline = TimeSpan.FromSeconds(30) });
        var answer = await client.Customer(Subject.Email("customer1@example.org")).GetContextAsync("service.support");
        Console.WriteLine($"customer {answer.CustomerId}");
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ctx-package");

    private string Feed => Path.Combine(_folder.FullName, "feed");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Pack_ContractsAndSdk_AProgramBuildsOnThemAndRuns()
    {
        await Pack();
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (_, _, _) => Task.FromResult(new GetContextResponse { CustomerId = "c1" });
        var program = Path.Combine(_folder.FullName, "program");
        Directory.CreateDirectory(program);
        await File.WriteAllTextAsync(Path.Combine(program, "Program.cs"), Program);
        await File.WriteAllTextAsync(Path.Combine(program, "program.csproj"), Project());

        Assert.Contains("customer c1", await DotNet.Run(program, "run", "-c", "Release", "--", server.Address.ToString()));
    }

    [Fact]
    public async Task Pack_Sdk_DependsOnWhatIsPublishedOrPackedWithItAndBringsItsPapers()
    {
        await Pack();

        var (sdk, contracts) = (Open("CustomerContext.Client"), Open("CustomerContext.Contracts"));
        Assert.Equal(
            ["CustomerContext.Contracts", "Google.Api.CommonProtos", "Google.Protobuf", "Grpc.Core.Api", "Grpc.Net.Client", "Grpc.StatusProto"],
            sdk.Dependencies.Union(contracts.Dependencies).Order(StringComparer.Ordinal));
        Assert.All([sdk, contracts], package =>
        {
            Assert.Equal("MIT", package.Metadata("license"));
            Assert.Contains("grpc", package.Metadata("tags"));
            Assert.Contains("README.md", package.Files);
        });
        Assert.Subset(
            contracts.Files.ToHashSet(),
            new HashSet<string> { "protos/customercontext/v1/context_service.proto", "protos/google/rpc/status.proto", "protos/google/rpc/error_details.proto" });
    }

    /// <summary>Packs what the build of these tests has built.</summary>
    private async Task Pack()
    {
        foreach (var project in (string[])["contracts/CustomerContext.Contracts.csproj", "clients/CustomerContext.Client/CustomerContext.Client.csproj"])
        {
            await DotNet.Run(DotNet.Repository, "pack", project, "--no-build", "-c", DotNet.Configuration, "-o", Feed);
        }
    }

    private Package Open(string id)
    {
        using var zip = ZipFile.OpenRead(Directory.EnumerateFiles(Feed, $"{id}.*.nupkg").Single());
        using var nuspec = zip.GetEntry($"{id}.nuspec")!.Open();
        return new Package(XDocument.Load(nuspec), [.. zip.Entries.Select(entry => entry.FullName)]);
    }

    /// <summary>A project outside of the repository. What is packed here stays out of the machine's own packages folder, which is only read.</summary>
    private string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
            <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
            <RestorePackagesPath>{Path.Combine(_folder.FullName, "packages")}</RestorePackagesPath>
            <RestoreFallbackFolders>{DotNet.PackagesFolder}</RestoreFallbackFolders>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="CustomerContext.Client" Version="0.1.0" />
          </ItemGroup>
        </Project>
        """;

    private sealed record Package(XDocument Nuspec, string[] Files)
    {
        public IEnumerable<string> Dependencies => All("dependency").Select(dependency => dependency.Attribute("id")!.Value);

        public string Metadata(string name) => All(name).Single().Value;

        private IEnumerable<XElement> All(string name) => Nuspec.Descendants().Where(element => element.Name.LocalName == name);
    }
}
