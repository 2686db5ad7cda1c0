using CustomerContext.Silo.Config;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Config;

public sealed class CommandLineTests
{
    [Fact]
    public void Read_EveryForm_GivesKeyAndValue()
    {
        var values = CommandLine.OfSilo.Read(["--data", "/a", "--grpc=[::1]:1", "--accept-loss", "--development", "false", "--cleartext", "--Logging:LogLevel:Default=Warning", "--redis", "r:1"]);

        Assert.Equal("/a", values["CustomerContext:Data"]);
        Assert.Equal("[::1]:1", values["CustomerContext:Grpc"]);
        Assert.Equal("true", values["CustomerContext:AcceptLoss"]);
        Assert.Equal("false", values["CustomerContext:Development"]);
        Assert.Equal("true", values["CustomerContext:Cleartext"]);
        Assert.Equal("Warning", values["Logging:LogLevel:Default"]);
        Assert.Equal("r:1", values["CustomerContext:Redis"]);
    }

    [Fact]
    public void Read_UnknownOrWithoutValue_AllAreNamed()
    {
        var error = Assert.Throws<SiloConfigException>(() => CommandLine.OfSilo.Read(["--devlopment", "false", "--data", "--grpc", "127.0.0.1:0", "--urls=http://x"]));

        Assert.Equal(
            [
                "--devlopment is not a setting; --help lists them", "false is not a setting; --help lists them", "--data needs a value", "--urls is not a setting; --help lists them",
            ],
            error.Errors);
    }

    [Fact]
    public void Help_EverySetting_HasItsNameTextAndDefault()
    {
        Assert.All(SettingTable.All, setting => Assert.Contains($"[{setting.Key}]", SettingTable.Help, StringComparison.Ordinal));
        Assert.Contains("--silo-port PORT  [SiloPort]", SettingTable.Help, StringComparison.Ordinal);
        Assert.Contains("Default: 11111.", SettingTable.Help, StringComparison.Ordinal);
        Assert.Contains("Default: off.", SettingTable.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_TableOfSettings_NamesEachOfTheCommandLine()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.All(SettingTable.All.Where(setting => setting.About.Name.Length > 0), setting => Assert.Contains($"`{setting.About.Name}", readme, StringComparison.Ordinal));
    }
}
