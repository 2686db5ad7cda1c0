namespace CustomerContext.Web.Hosting;

/// <summary>The options of the command line, as settings.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, string> _settings = new()
    {
        ["--listen"] = "CustomerContextWeb:Listen",
        ["--silo"] = "CustomerContextWeb:Silo",
        ["--silo-http"] = "CustomerContextWeb:SiloHttp",
        ["--data"] = "CustomerContextWeb:Data",
        ["--public-url"] = "CustomerContextWeb:PublicUrl",
        ["--development"] = "CustomerContextWeb:Development",
    };

    /// <summary>Adds them on top of what is there.</summary>
    /// <exception cref="WebConfigException">An option is unknown or has no value.</exception>
    public static void AddTo(IConfigurationBuilder configuration, string[] args)
    {
        var values = new Dictionary<string, string?>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!_settings.TryGetValue(args[i], out var setting) || i + 1 == args.Length)
            {
                throw new WebConfigException($"{args[i]}: unknown, or without a value. Options: {string.Join(", ", _settings.Keys)}");
            }

            values[setting] = args[i + 1];
        }

        configuration.AddInMemoryCollection(values);
    }
}
