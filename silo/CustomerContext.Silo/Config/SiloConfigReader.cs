using System.Net;

namespace CustomerContext.Silo.Config;

/// <summary>Turns <see cref="SiloOptions"/> into <see cref="SiloConfig"/>, or says everything that is wrong at once, each with its key.</summary>
internal sealed class SiloConfigReader
{
    private readonly ConfigErrors _errors = new();

    private SiloConfigReader()
    {
    }

    /// <summary>The checked configuration.</summary>
    /// <exception cref="SiloConfigException">One or more settings are wrong; the message has a line for each.</exception>
    public static SiloConfig Read(IConfiguration configuration)
    {
        var reader = new SiloConfigReader();
        var config = reader.Check(OptionsOf(configuration));
        reader._errors.ThrowIfAny();
        return config;
    }

    /// <summary>The options as written. Unknown names are refused: a mistyped one would be passed over, and a value that does not fit takes its whole list with it.</summary>
    private static SiloOptions OptionsOf(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection("CustomerContext").Get<SiloOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new SiloOptions();
        }
        catch (InvalidOperationException error)
        {
            throw new SiloConfigException([$"CustomerContext: {error.Message}"]);
        }
    }

    private SiloConfig Check(SiloOptions options)
    {
        var grpc = Address(options.Grpc, "Grpc");
        var http = Address(options.Http, "Http");
        if (options.Development)
        {
            Loopback(grpc, "Grpc");
            Loopback(http, "Http");
        }

        if (options.Demo && !options.Development)
        {
            _errors.Add("Demo", "needs Development: its customers exist only for local tokens");
        }

        _errors.Within(options.DemoCustomers, 1, 100_000, "DemoCustomers");
        _errors.Within(options.SiloPort, 1, IPEndPoint.MaxPort, "SiloPort");
        _errors.Within(options.GatewayPort, 0, IPEndPoint.MaxPort, "GatewayPort");
        return new SiloConfig(
            Path.GetFullPath(options.Data),
            grpc,
            http,
            string.IsNullOrWhiteSpace(options.Redis) ? null : options.Redis,
            options.AcceptLoss,
            options.AcceptStore,
            options.AcceptJournal,
            options.RotateReceiptKey,
            options.Development,
            options.Demo ? options.DemoCustomers : null,
            options.SiloPort,
            options.GatewayPort,
            new AccessConfigReader(_errors).Read(options),
            new TribesReader(_errors).Read(options.Tribes));
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

    private void Loopback(IPEndPoint address, string key)
    {
        if (!IPAddress.IsLoopback(address.Address))
        {
            _errors.Add(key, "must be a loopback address while Development is on, since anyone who reads the data folder can make tokens");
        }
    }
}
