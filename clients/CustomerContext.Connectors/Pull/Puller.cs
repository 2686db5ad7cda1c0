using System.Net;
using CustomerContext.Client;
using CustomerContext.Connectors.Hosting;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Connectors.State;

namespace CustomerContext.Connectors.Pull;

/// <summary>Round after round asks the silo who is connected, forgets who is not, and reads the others' posts: one call at a time to each server.</summary>
internal sealed class Puller(ConnectorConfig config, MastodonApi api, HostPauses pauses, AccountPull accounts, StateFile state, SiloClients silos, PullLog log, TimeProvider time) : BackgroundService
{
    private const int AskedAtOnce = 100;

    /// <summary>How long somebody has to say yes on the pages after they have shown that an account is theirs; the silo's slips are over before.</summary>
    private static readonly TimeSpan _unconfirmed = TimeSpan.FromMinutes(15);

    /// <summary>How far back posts are read when an account is connected.</summary>
    private static readonly TimeSpan _before = TimeSpan.FromDays(28);

    /// <summary>Accounts that this process has compared as a whole: what happened while it was away is found first.</summary>
    private readonly HashSet<(string, string)> _compared = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(config.Networks.Select(network => Run(network, stoppingToken)));

    private async Task Run(NetworkOptions network, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Round(network, silos.Of(network), stop);
            }
            catch (MastodonException error)
            {
                log.HostTroubled(network.Network, (int)error.Status, pauses.Until(network.HostUri));
            }
            catch (Exception error) when (error is CustomerContextException or HttpRequestException or SignalsWaitException)
            {
                log.SiloTroubled(network.Network, error is CustomerContextException refused ? refused.Detail.Reason.ToString() : error.GetType().Name);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(config.Pull, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Round(NetworkOptions network, CustomerContextClient silo, CancellationToken stop)
    {
        foreach (var some in state.Accounts(network.Network).Chunk(AskedAtOnce))
        {
            var connected = (await silo.Identity.CheckAccountsAsync(some.Select(account => account.Id), stop)).ToDictionary(one => one.AccountId, one => one.SinceTime.ToDateTimeOffset().ToUnixTimeMilliseconds());
            await Forget(network, [.. some.Where(account => !connected.ContainsKey(account.Id) && IsOver(account))], stop);
            foreach (var account in some.Where(account => connected.ContainsKey(account.Id)))
            {
                await Read(network, silo, Connected(account, connected[account.Id]), stop);
            }
        }
    }

    /// <summary>True of one that was connected once, or was never confirmed.</summary>
    private bool IsOver(KnownAccount account) => account.Since != 0 || time.GetUtcNow() > DateTimeOffset.FromUnixTimeMilliseconds(account.Begun) + _unconfirmed;

    private KnownAccount Connected(KnownAccount account, long since)
    {
        if (account.Since == since)
        {
            return account;
        }

        var earliest = since - (long)_before.TotalMilliseconds;
        state.Connect(account, since, earliest);
        return account with { Since = since, Earliest = earliest, Newest = null, Checked = 0 };
    }

    private async Task Read(NetworkOptions network, CustomerContextClient silo, KnownAccount account, CancellationToken stop)
    {
        if (pauses.Until(network.HostUri) > time.GetUtcNow())
        {
            return;
        }

        var key = (account.Network, account.Id);
        var all = account.Newest is null || !_compared.Contains(key) || time.GetUtcNow() >= DateTimeOffset.FromUnixTimeMilliseconds(account.Checked) + config.Check;
        try
        {
            await accounts.Run(network, silo, account, all, stop);
            _compared.Add(key);
        }
        catch (MastodonException error) when (error.Status is HttpStatusCode.Unauthorized)
        {
            // The person took the permission back there: nothing more is read, and what was sent stays until they disconnect or delete it here.
            state.Remove(account);
            log.Forgotten(network.Network, 1);
        }
        catch (MastodonException error) when (error.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            await accounts.TakeBackAll(silo, account, stop);
            state.Remove(account);
            log.Forgotten(network.Network, 1);
        }
    }

    private async Task Forget(NetworkOptions network, IReadOnlyCollection<KnownAccount> gone, CancellationToken stop)
    {
        foreach (var account in gone)
        {
            // First here: the token is not used again, whatever the server says.
            state.Remove(account);
            _compared.Remove((account.Network, account.Id));
            await Revoke(network, account, stop);
        }

        if (gone.Count > 0)
        {
            log.Forgotten(network.Network, gone.Count);
        }
    }

    private async Task Revoke(NetworkOptions network, KnownAccount account, CancellationToken stop)
    {
        try
        {
            if (state.App(network.Network, network.HostUri, silos.Back(network)) is { } app)
            {
                await api.Revoke(network, app, account.Token, stop);
            }
        }
        catch (MastodonException)
        {
            log.NotRevoked(network.Network);
        }
    }
}
