using System.Net;

namespace CustomerContext.Connectors.Hosting;

/// <summary>How this process runs, checked.</summary>
internal sealed record ConnectorConfig
{
    private const string Section = "CustomerContextConnectors";
    private const int LongestSeconds = 86_400;

    private static readonly string[] _known = ["Listen", "Silo", "Data", "SiloData", "Development", "PublicUrl", "Pages", "PullSeconds", "CheckSeconds", "Networks"];
    private static readonly string[] _knownOfNetworks = ["Network", "Host", "TokenEndpoint", "ClientId", "ClientSecret"];

    /// <summary>Where people's browsers come to show that an account is theirs.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The gRPC addresses of the silos, with commas between where they are set.</summary>
    public required IReadOnlyList<Uri> Silo { get; init; }

    /// <summary>The folder of this process's own: its state, and the keys that what is secret in it is encrypted with.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The silo's data folder, where the development key is. Development mode alone.</summary>
    public required string SiloDataFolder { get; init; }

    /// <summary>True: tokens are made locally, and networks may be on loopback. Loopback only.</summary>
    public required bool Development { get; init; }

    /// <summary>Where people reach this process. Required outside development; absent: where it listens.</summary>
    public required Uri? PublicUrl { get; init; }

    /// <summary>Where people reach the pages, to which they go back.</summary>
    public required Uri Pages { get; init; }

    /// <summary>How often each account is asked for new posts.</summary>
    public required TimeSpan Pull { get; init; }

    /// <summary>How often the posts that were sent are compared with what is there, for edits and deletions.</summary>
    public required TimeSpan Check { get; init; }

    /// <summary>The networks: the operator's list, and the only hosts that are ever called.</summary>
    public required IReadOnlyList<NetworkOptions> Networks { get; init; }

    /// <summary>The network of this id; absent if there is none.</summary>
    public NetworkOptions? Find(string network) => Networks.FirstOrDefault(one => one.Network == network);

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="ConnectorConfigException">Something is wrong; every mistake is listed.</exception>
    public static ConnectorConfig Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var mistakes = Unknown(section, _known).ToList();
        var networks = section.GetSection("Networks").GetChildren().ToArray();
        mistakes.AddRange(networks.SelectMany(network => Unknown(network, _knownOfNetworks)));
        var isDevelopment = bool.TryParse(section["Development"] ?? "false", out var isOn) ? isOn : Wrong<bool>("Development must be true or false");
        var config = new ConnectorConfig
        {
            Listen = IPEndPoint.TryParse(section["Listen"] ?? "127.0.0.1:5103", out var listen) ? listen : Wrong<IPEndPoint>("Listen must be IP:PORT") ?? new IPEndPoint(IPAddress.Loopback, 0),
            Silo = AllAbsolute(section["Silo"] ?? "http://127.0.0.1:5101") ?? Wrong<Uri[]>("Silo must be http or https addresses with commas between") ?? [],
            DataFolder = Path.GetFullPath(section["Data"] ?? "connectors"),
            SiloDataFolder = Path.GetFullPath(section["SiloData"] ?? "data"),
            Development = isDevelopment,
            PublicUrl = section["PublicUrl"] is { } url ? Absolute(url) ?? Wrong<Uri>("PublicUrl must be an http or https address") : null,
            Pages = Absolute(section["Pages"] ?? "http://127.0.0.1:5100") ?? Wrong<Uri>("Pages must be an http or https address") ?? new Uri("about:blank"),
            Pull = Seconds("PullSeconds", 60),
            Check = Seconds("CheckSeconds", 600),
            Networks = [.. networks.Select(network => network.Get<NetworkOptions>() ?? new NetworkOptions())],
        };
        for (var i = 0; i < config.Networks.Count; i++)
        {
            mistakes.AddRange(config.Networks[i].Mistakes(isDevelopment).Select(mistake => $"{Section}:Networks:{i}:{mistake}"));
        }

        if (config.Networks.Count == 0 || config.Networks.DistinctBy(network => network.Network).Count() != config.Networks.Count)
        {
            Wrong<object>("Networks needs at least one, each once");
        }

        if (isDevelopment && !IPAddress.IsLoopback(config.Listen.Address))
        {
            Wrong<object>("Development is for loopback only: Listen must be a loopback address, or Development false");
        }

        if (!isDevelopment && (section["PublicUrl"] is null || section["Pages"] is null))
        {
            Wrong<object>("PublicUrl and Pages are required outside development");
        }

        return mistakes.Count == 0 ? config : throw new ConnectorConfigException(string.Join(Environment.NewLine, mistakes));

        TimeSpan Seconds(string name, int usual) =>
            int.TryParse(section[name] ?? $"{usual}", out var seconds) && seconds is >= 1 and <= LongestSeconds ? TimeSpan.FromSeconds(seconds) : Wrong<TimeSpan>($"{name} must be 1 to {LongestSeconds}");

        T? Wrong<T>(string mistake)
        {
            mistakes.Add($"{Section}:{mistake}");
            return default;
        }
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section, string[] known) =>
        section.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)).Select(child => $"{child.Path} is not a setting");

    private static Uri[]? AllAbsolute(string text)
    {
        var parts = text.Split(',');
        Uri[] all = [.. parts.Select(Absolute).OfType<Uri>()];
        return all.Length == parts.Length && all.Distinct().Count() == all.Length ? all : null;
    }

    private static Uri? Absolute(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") ? uri : null;
}
