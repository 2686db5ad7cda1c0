namespace CustomerContext.Connectors.Hosting;

/// <summary>The options of the command line, as settings.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, string> _settings = new()
    {
        ["--listen"] = "CustomerContextConnectors:Listen",
        ["--silo"] = "CustomerContextConnectors:Silo",
        ["--data"] = "CustomerContextConnectors:Data",
        ["--silo-data"] = "CustomerContextConnectors:SiloData",
        ["--public-url"] = "CustomerContextConnectors:PublicUrl",
        ["--pages"] = "CustomerContextConnectors:Pages",
        ["--development"] = "CustomerContextConnectors:Development",
    };

    /// <summary>Adds them on top of what is there.</summary>
    /// <exception cref="ConnectorConfigException">An option is unknown or has no value.</exception>
    public static void AddTo(IConfigurationBuilder configuration, string[] args)
    {
        var values = new Dictionary<string, string?>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!_settings.TryGetValue(args[i], out var setting) || i + 1 == args.Length)
            {
                throw new ConnectorConfigException($"{args[i]}: unknown, or without a value. Options: {string.Join(", ", _settings.Keys)}");
            }

            values[setting] = args[i + 1];
        }

        configuration.AddInMemoryCollection(values);
    }
}
