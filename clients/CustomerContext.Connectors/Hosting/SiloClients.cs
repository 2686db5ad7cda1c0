using CustomerContext.Client;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerContext.Connectors.Hosting;

/// <summary>The silo, as each network; and where this process is reached.</summary>
internal sealed class SiloClients(ConnectorConfig config, CustomerContextClient client, SiloTokens tokens, IServer server)
{
    /// <summary>The silo, with the network's own token.</summary>
    public CustomerContextClient Of(NetworkOptions network) => client.With(client.Options with { TokenProvider = stop => tokens.Get(network, stop) });

    /// <summary>Where a network's server sends people back to.</summary>
    public Uri Back(NetworkOptions network) => new(config.PublicUrl ?? Own, $"/connected/{network.Network}");

    /// <summary>Where it listens.</summary>
    public Uri Own => new(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? $"http://{config.Listen}");
}
