using System.Net;
using CustomerContext.Web.Embedding;

namespace CustomerContext.Web.Hosting;

/// <summary>How this process runs, checked.</summary>
internal sealed record WebConfig
{
    private const string Section = "CustomerContextWeb";

    private static readonly string[] _known = ["Listen", "Silo", "SiloHttp", "Data", "Development", "PublicUrl", "SignIn", "Embed"];

    /// <summary>Where it listens.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The gRPC addresses of the silos, with commas between where they are set.</summary>
    public required IReadOnlyList<Uri> Silo { get; init; }

    /// <summary>Their HTTP addresses, for health and metrics on the operator's page, and for the messages of development mode.</summary>
    public required IReadOnlyList<Uri> SiloHttp { get; init; }

    /// <summary>The data folder that it shares with the silo: the development key, and the keys of this process's cookies.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Whether the demo's sign-in is there. Loopback only.</summary>
    public required bool Development { get; init; }

    /// <summary>Where people reach these pages. Required outside development: a phone cannot open 127.0.0.1.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>Where people sign in. Absent: only the demo's sign-in is there.</summary>
    public required ProviderOptions? SignIn { get; init; }

    /// <summary>Who may show the side panel.</summary>
    public required EmbedOptions Embed { get; init; }

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="WebConfigException">Something is wrong; every mistake is listed.</exception>
    public static WebConfig Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var mistakes = section.GetChildren().Where(child => !_known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{Section}:{child.Key} is not a setting").ToList();
        var listen = Check(IPEndPoint.TryParse(section["Listen"] ?? "127.0.0.1:5100", out var point) ? point : null, "Listen must be IP:PORT");
        var development = Check<object>(bool.TryParse(section["Development"] ?? "true", out var isOn) ? isOn : null, "Development must be true or false");
        var publicUrl = section["PublicUrl"] is { } url
            ? Check(Absolute(url), "PublicUrl must be an http or https address")
            : listen is null ? null : new Uri($"http://{listen}/");
        var signIn = section.GetSection("SignIn").Exists() ? section.GetSection("SignIn").Get<ProviderOptions>() : null;
        var embed = section.GetSection("Embed").Get<EmbedOptions>() ?? new EmbedOptions();
        var config = new WebConfig
        {
            Listen = listen ?? new IPEndPoint(IPAddress.Loopback, 0),
            Silo = Check(AllAbsolute(section["Silo"] ?? "http://127.0.0.1:5101"), "Silo must be http or https addresses with commas between") ?? [],
            SiloHttp = Check(AllAbsolute(section["SiloHttp"] ?? "http://127.0.0.1:5102"), "SiloHttp must be http or https addresses with commas between") ?? [],
            DataFolder = Path.GetFullPath(section["Data"] ?? "data"),
            Development = isOn,
            PublicUrl = publicUrl ?? new Uri("about:blank"),
            SignIn = signIn,
            Embed = isOn ? embed.InDevelopment() : embed,
        };
        if (development is not null && config.Development && listen is not null && !IPAddress.IsLoopback(listen.Address))
        {
            mistakes.Add("Development is for loopback only: Listen must be a loopback address, or Development false");
        }

        if (!config.Development && section["PublicUrl"] is null)
        {
            mistakes.Add("PublicUrl is required outside development");
        }

        if (!config.Development && signIn is null)
        {
            mistakes.Add("SignIn is required outside development");
        }

        mistakes.AddRange(signIn?.Mistakes() ?? []);
        mistakes.AddRange(embed.Mistakes());
        return mistakes.Count == 0 ? config : throw new WebConfigException(string.Join(Environment.NewLine, mistakes));

        T? Check<T>(T? value, string mistake)
            where T : class
        {
            if (value is null)
            {
                mistakes.Add($"{Section}:{mistake}");
            }

            return value;
        }
    }

    private static Uri[]? AllAbsolute(string text)
    {
        var parts = text.Split(',');
        Uri[] all = [.. parts.Select(Absolute).OfType<Uri>()];
        return all.Length == parts.Length && all.Distinct().Count() == all.Length ? all : null;
    }

    private static Uri? Absolute(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") ? uri : null;
}
