namespace CustomerContext.Silo.Hosting;

/// <summary>The command line's short names for the settings of <see cref="Config.SiloOptions"/>; anything else is <c>--CustomerContext:Key=value</c>.</summary>
internal static class CommandLine
{
    private static readonly string[] _flags = ["--demo", "--accept-loss", "--accept-store", "--accept-journal", "--rotate-receipt-key"];

    private static readonly Dictionary<string, string> _names = new()
    {
        ["--data"] = "CustomerContext:Data",
        ["--grpc"] = "CustomerContext:Grpc",
        ["--http"] = "CustomerContext:Http",
        ["--tenants"] = "CustomerContext:TenantsFile",
        ["--redis"] = "CustomerContext:Redis",
        ["--demo"] = "CustomerContext:Demo",
        ["--demo-customers"] = "CustomerContext:DemoCustomers",
        ["--accept-loss"] = "CustomerContext:AcceptLoss",
        ["--accept-store"] = "CustomerContext:AcceptStore",
        ["--accept-journal"] = "CustomerContext:AcceptJournal",
        ["--rotate-receipt-key"] = "CustomerContext:RotateReceiptKey",
        ["--silo-port"] = "CustomerContext:SiloPort",
        ["--gateway-port"] = "CustomerContext:GatewayPort",
    };

    /// <summary>Adds <paramref name="args"/>; a flag may stand without a value.</summary>
    public static void AddTo(IConfigurationBuilder configuration, string[] args) =>
        configuration.AddCommandLine([.. args.Select(arg => _flags.Contains(arg) ? $"{arg}=true" : arg)], _names);
}
