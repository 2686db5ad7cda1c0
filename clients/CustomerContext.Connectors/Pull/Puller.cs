using CustomerContext.Client;
using CustomerContext.Connectors.Hosting;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Connectors.State;

namespace CustomerContext.Connectors.Pull;

/// <summary>Round after round for each network, whatever happens in one.</summary>
internal sealed class Puller(ConnectorConfig config, MastodonApi api, HostPauses pauses, AccountPull accounts, StateFile state, SiloClients silos, PullLog log, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(config.Networks.Select(network => Run(network, stoppingToken)));

    private async Task Run(NetworkOptions network, CancellationToken stop)
    {
        var rounds = new NetworkRounds(network, config, api, pauses, accounts, state, silos, log, time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await rounds.Round(stop);
            }
            catch (Exception error) when (error is CustomerContextException or HttpRequestException or SignalsWaitException)
            {
                log.SiloTroubled(network.Network, error is CustomerContextException refused ? refused.Detail.Reason.ToString() : error.GetType().Name);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it is, the next round is made: a network that ends in silence would leave what people delete, and those who disconnect, where they are.
                // What it says may name somebody, so only its kind and place are logged.
                log.Failed(network.Network, error.GetType().Name, error.StackTrace);
            }

            await Task.Delay(config.Pull, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
