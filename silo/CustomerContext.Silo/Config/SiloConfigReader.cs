using System.Net;
using System.Text.RegularExpressions;
using CustomerContext.Domain;

namespace CustomerContext.Silo.Config;

/// <summary>Turns <see cref="SiloOptions"/> into <see cref="SiloConfig"/>, or says everything that is wrong at once, each with its key.</summary>
internal sealed partial class SiloConfigReader
{
    /// <summary>Name of the section that <see cref="SiloOptions"/> are read from.</summary>
    public const string Section = "CustomerContext";

    private const string DevelopmentPages = "http://127.0.0.1:5100/";

    private readonly ConfigErrors _errors = new();

    private SiloConfigReader()
    {
    }

    /// <summary>All sections that are read.</summary>
    public static IReadOnlyList<string> Sections { get; } = [Section, "Logging"];

    /// <summary>The checked configuration.</summary>
    /// <exception cref="SiloConfigException">One or more settings are wrong; the message has a line for each.</exception>
    public static SiloConfig Read(IConfiguration configuration)
    {
        var reader = new SiloConfigReader();
        var config = reader.Check(reader.OptionsOf(configuration));
        reader._errors.ThrowIfAny();
        return config;
    }

    private SiloOptions OptionsOf(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        new UnknownSettings(_errors).Check(section, typeof(SiloOptions));
        try
        {
            // A value that does not fit is passed over by the binder where it stands in a list, unless unknown names are errors too.
            return _errors.IsEmpty ? section.Get<SiloOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new SiloOptions() : new SiloOptions();
        }
        catch (InvalidOperationException error)
        {
            throw new SiloConfigException([$"{Section}: {error.Message}"]);
        }
    }

    private SiloConfig Check(SiloOptions options)
    {
        var certificates = new CertificateReader(_errors);
        var (grpc, http, certificate) = (Address(options.Grpc, "Grpc"), Address(options.Http, "Http"), certificates.OfDoors(options));
        Reachable(grpc, "Grpc", options, certificate);
        Reachable(http, "Http", options, certificate);
        IPEndPoint? metrics = string.IsNullOrWhiteSpace(options.Metrics) ? null : Address(options.Metrics, "Metrics");
        if (metrics is not null)
        {
            Reachable(metrics, "Metrics", options, certificate);
        }

        _errors.Within(options.ConnectionsPerAddress, 1, Limits.Doors.Connections, "ConnectionsPerAddress");
        NeedsShared(options, options.Keys, "Keys");
        NeedsShared(options, options.Journal, "Journal");
        var data = Path.GetFullPath(options.Data);
        return new SiloConfig(
            data,
            Folder(options.Keys) ?? data,
            Folder(options.Journal) ?? data,
            grpc,
            http,
            metrics,
            options.ConnectionsPerAddress,
            new RedisReader(_errors, certificates).Read(options),
            options.AcceptLoss,
            options.AcceptStore,
            options.AcceptJournal,
            options.RotateReceiptKey,
            options.Development,
            options.Ciba.Count > 0,
            Silo(options),
            certificate,
            certificates.OfCluster(options),
            Otlp(options),
            Traces(options),
            PublicUrl(options),
            new AccessConfigReader(_errors).Read(options),
            new TribesReader(_errors).Read(options.Tribes),
            MailServer.Read(options.Mail.Smtp, options.Mail.From, options.Mail.User, options.Mail.Password, _errors, "Mail"));
    }

    private static string? Folder(string? path) => string.IsNullOrWhiteSpace(path) ? null : Path.GetFullPath(path);

    private void NeedsShared(SiloOptions options, string? folder, string key)
    {
        if (options.ClusterCertificate is not null && string.IsNullOrWhiteSpace(folder))
        {
            _errors.Add(key, "is needed in a cluster: a folder that all its silos share");
        }
    }

    private IPEndPoint Silo(SiloOptions options)
    {
        _errors.Within(options.SiloPort, 1, IPEndPoint.MaxPort, "SiloPort");
        if (!ClusterName().IsMatch(options.ClusterId))
        {
            _errors.Add("ClusterId", "must be 1 to 64 of a-z, 0-9 and '-'");
        }

        if (!IPAddress.TryParse(options.SiloAddress, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            _errors.Add("SiloAddress", "must be the IP address at which other silos reach this one");
            address = IPAddress.Loopback;
        }
        else if (!IPAddress.IsLoopback(address) && options.ClusterCertificate is null)
        {
            _errors.Add("SiloAddress", "is not loopback: a silo alone is reached by nobody, and one of a cluster needs ClusterCertificate");
        }

        return new IPEndPoint(address, Math.Clamp(options.SiloPort, 1, IPEndPoint.MaxPort));
    }

    private IPEndPoint Address(string text, string key)
    {
        if (IPEndPoint.TryParse(text, out var address) && text.Contains(':', StringComparison.Ordinal))
        {
            return address;
        }

        _errors.Add(key, "must be IP:PORT");
        return new IPEndPoint(IPAddress.Loopback, 0);
    }

    private void Reachable(IPEndPoint address, string key, SiloOptions options, OwnCertificate? certificate)
    {
        if (IPAddress.IsLoopback(address.Address))
        {
            return;
        }

        if (options.Development)
        {
            _errors.Add(key, "must be a loopback address while Development is on, since anyone who reads the data folder can make tokens");
        }
        else if (certificate is null && options.Certificate is null && !options.Cleartext)
        {
            _errors.Add(key, "is not loopback and has no TLS: set --certificate, or --cleartext if something in front of it speaks TLS");
        }
    }

    private Uri? Otlp(SiloOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Otlp))
        {
            return null;
        }

        if (Uri.TryCreate(options.Otlp, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        _errors.Add("Otlp", "must be an http or https URL");
        return null;
    }

    private Uri? PublicUrl(SiloOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.PublicUrl))
        {
            return options.Development ? new Uri(DevelopmentPages) : null;
        }

        // A folder: what is put behind it must not take the place of its last part.
        if (Uri.TryCreate(options.PublicUrl.TrimEnd('/') + '/', UriKind.Absolute, out var address) && Access.IssuerAddress.IsSafe(address) && address.Query.Length == 0)
        {
            return address;
        }

        _errors.Add("PublicUrl", "must be an https address; http is for loopback only");
        return null;
    }

    private bool Traces(SiloOptions options)
    {
        if (options.Traces is not ("on" or "off"))
        {
            _errors.Add("Traces", "must be on or off");
        }

        var isOn = options.Traces == "on";
        if (isOn && string.IsNullOrWhiteSpace(options.Otlp))
        {
            _errors.Add("Traces", "needs Otlp: without it there is nowhere to send them");
        }

        return isOn;
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z")]
    private static partial Regex ClusterName();
}
