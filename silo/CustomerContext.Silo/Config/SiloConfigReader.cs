using System.Collections.Frozen;
using System.Net;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Config;

/// <summary>Turns <see cref="SiloOptions"/> into <see cref="SiloConfig"/>, or says everything that is wrong at once, each with its key.</summary>
internal sealed class SiloConfigReader
{
    private const int NameLength = 40;

    private readonly List<string> _errors = [];

    private SiloConfigReader()
    {
    }

    /// <summary>The checked configuration.</summary>
    /// <exception cref="SiloConfigException">One or more settings are wrong; the message has a line for each.</exception>
    public static SiloConfig Read(IConfiguration configuration)
    {
        var options = configuration.GetSection("CustomerContext").Get<SiloOptions>() ?? new SiloOptions();
        var reader = new SiloConfigReader();
        var config = reader.Check(options);
        return reader._errors.Count == 0 ? config : throw new SiloConfigException(reader._errors);
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
            Wrong("Demo", "needs Development: its customers exist only for local tokens");
        }

        Within(options.DemoCustomers, 1, 100_000, "DemoCustomers");
        Within(options.SiloPort, 0, IPEndPoint.MaxPort, "SiloPort");
        Within(options.GatewayPort, 0, IPEndPoint.MaxPort, "GatewayPort");
        return new SiloConfig(
            Path.GetFullPath(options.Data),
            grpc,
            http,
            string.IsNullOrWhiteSpace(options.Redis) ? null : options.Redis,
            options.AcceptLoss,
            options.AcceptStore,
            options.Development,
            options.Demo ? options.DemoCustomers : null,
            options.SiloPort,
            options.GatewayPort,
            Tenants(options.Tenants));
    }

    private FrozenDictionary<TenantId, Tenant> Tenants(IReadOnlyList<TenantOptions> options)
    {
        var tenants = new Dictionary<TenantId, Tenant>();
        for (var i = 0; i < options.Count; i++)
        {
            var key = $"Tenants:{i}";
            var tenant = options[i];
            Name(tenant.Id, $"{key}:Id");
            if (tenant.Sources.Count == 0)
            {
                Wrong($"{key}:Sources", "needs at least one");
            }

            var id = new TenantId(tenant.Id);
            for (var j = 0; j < tenant.Sources.Count; j++)
            {
                Name(tenant.Sources[j], $"{key}:Sources:{j}");
            }

            for (var j = 0; j < tenant.Purposes.Count; j++)
            {
                if (PurposeTable.Find(new Purpose(tenant.Purposes[j])) is null)
                {
                    Wrong($"{key}:Purposes:{j}", "is not a purpose of the documented list");
                }
            }

            var known = new Tenant(
                id,
                [.. tenant.Sources.Select(name => SourceId.Of(id, name))],
                tenant.Purposes.Select(purpose => new Purpose(purpose)).ToFrozenSet());
            if (!tenants.TryAdd(id, known))
            {
                Wrong($"{key}:Id", "is there twice");
            }
        }

        return tenants.ToFrozenDictionary();
    }

    private IPEndPoint Address(string text, string key)
    {
        if (IPEndPoint.TryParse(text, out var address) && text.Contains(':', StringComparison.Ordinal))
        {
            return address;
        }

        Wrong(key, "must be IP:PORT");
        return new IPEndPoint(IPAddress.Loopback, 0);
    }

    private void Loopback(IPEndPoint address, string key)
    {
        if (!IPAddress.IsLoopback(address.Address))
        {
            Wrong(key, "must be a loopback address while Development is on, since anyone who reads the data folder can make tokens");
        }
    }

    private void Within(int value, int min, int max, string key)
    {
        if (value < min || value > max)
        {
            Wrong(key, $"must be {min} to {max}");
        }
    }

    private void Name(string name, string key)
    {
        if (name.Length is 0 or > NameLength || name.Any(c => !(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')))
        {
            Wrong(key, $"must be 1 to {NameLength} of a-z, 0-9, '-' and '_'");
        }
    }

    private void Wrong(string key, string rule) => _errors.Add($"CustomerContext:{key} {rule}");
}
