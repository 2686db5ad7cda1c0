using System.Net;
using CustomerContext.Client;
using CustomerContext.Connectors.Hosting;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Connectors.State;

namespace CustomerContext.Connectors.Pull;

/// <summary>
/// The rounds of one network: asks the silo who is connected, forgets who is not, gives tokens back, and only then reads the others' posts, one call at a time. What goes wrong with one account stops no other.
/// </summary>
internal sealed class NetworkRounds(
    NetworkOptions network, ConnectorConfig config, MastodonApi api, HostPauses pauses, AccountPull accounts, StateFile state, SiloClients silos, PullLog log, TimeProvider time)
{
    private const int AskedAtOnce = 100;

    /// <summary>How long somebody has to say yes on the pages after they have shown that an account is theirs; the silo's slips are over before.</summary>
    private static readonly TimeSpan _unconfirmed = TimeSpan.FromMinutes(15);

    /// <summary>How far back posts are read when an account is connected.</summary>
    private static readonly TimeSpan _before = TimeSpan.FromDays(28);

    /// <summary>Accounts that this process has compared as a whole: what happened while it was away is found first.</summary>
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);

    private readonly CustomerContextClient _silo = silos.Of(network);

    /// <summary>The account that was read last; a round begins after it.</summary>
    private string _last = "";

    /// <summary>Makes a round.</summary>
    /// <exception cref="CustomerContextException">The silo did not answer as it should.</exception>
    /// <exception cref="HttpRequestException">There was no token for the silo.</exception>
    /// <exception cref="SignalsWaitException">The silo's store did not answer.</exception>
    public async Task Round(CancellationToken stop)
    {
        var connected = await Connected(stop);
        await GiveBack(stop);
        await Read(connected, stop);
    }

    /// <summary>Whose posts are to be read: who is connected and has not paused. Who is not connected is forgotten.</summary>
    private async Task<IReadOnlyList<KnownAccount>> Connected(CancellationToken stop)
    {
        var all = new List<KnownAccount>();
        var gone = 0;
        foreach (var some in state.Accounts(network.Network).Chunk(AskedAtOnce))
        {
            var connected = (await _silo.Identity.CheckAccountsAsync(some.Select(account => account.Id), stop)).ToDictionary(one => one.AccountId);
            foreach (var account in some)
            {
                if (connected.TryGetValue(account.Id, out var found))
                {
                    var known = Connected(account, found.SinceTime.ToDateTimeOffset().ToUnixTimeMilliseconds());
                    if (!found.IsPaused)
                    {
                        all.Add(known);
                    }
                }
                else if (IsOver(account))
                {
                    // First here: the token is not used again, whatever the server says.
                    state.Remove(account);
                    _compared.Remove(account.Id);
                    gone++;
                }
            }
        }

        if (gone > 0)
        {
            log.Forgotten(network.Network, gone);
        }

        return all;
    }

    /// <summary>True of one that was connected after they last came, and of one that was not confirmed in time.</summary>
    private bool IsOver(KnownAccount account) => account.Begun < account.Since || time.GetUtcNow() > DateTimeOffset.FromUnixTimeMilliseconds(account.Begun) + _unconfirmed;

    private KnownAccount Connected(KnownAccount account, long since)
    {
        if (account.Since == since)
        {
            return account;
        }

        var earliest = since - (long)_before.TotalMilliseconds;
        state.Connect(account, since, earliest);
        return account with { Since = since, Earliest = earliest, Newest = null, Checked = 0, Times = 0, Missed = 0, Missing = 0 };
    }

    /// <summary>Gives tokens back until the server has answered. A server may give one token for two ways of the same person, so one that an account here goes on using is kept.</summary>
    private async Task GiveBack(CancellationToken stop)
    {
        foreach (var old in state.OldTokens(network.Network))
        {
            try
            {
                if (old.Token is not null && state.Accounts(network.Network).All(account => account.Token != old.Token))
                {
                    var app = state.App(network.Network, network.HostUri, silos.Back(network)) ?? throw new MastodonException(HttpStatusCode.Forbidden);
                    await api.Revoke(network, app, old.Token, stop);
                }
            }
            catch (MastodonException error) when (error.Status == HttpStatusCode.TooManyRequests || (int)error.Status >= 500)
            {
                log.HostTroubled(network.Network, (int)error.Status, pauses.Until(network.HostUri, ""));
                return;
            }
            catch (MastodonException)
            {
                log.NotRevoked(network.Network);
            }

            state.Forget(old);
        }
    }

    private async Task Read(IReadOnlyList<KnownAccount> connected, CancellationToken stop)
    {
        var troubles = new List<string>();
        foreach (var account in connected.OrderBy(account => string.CompareOrdinal(account.Id, _last) <= 0).ThenBy(account => account.Id, StringComparer.Ordinal))
        {
            if (pauses.IsPaused(network.HostUri))
            {
                break;
            }

            _last = account.Id;
            try
            {
                await Read(account, stop);
            }
            catch (MastodonException error) when (pauses.IsPaused(network.HostUri))
            {
                log.HostTroubled(network.Network, (int)error.Status, pauses.Until(network.HostUri));
            }
            catch (MastodonException error)
            {
                troubles.Add($"{(int)error.Status}");
            }
            catch (CustomerContextException error) when (error is not (ServerUnavailableException or RateLimitedException or NotAuthenticatedException))
            {
                troubles.Add($"{error.Detail.Reason}");
            }
        }

        if (troubles.Count > 0)
        {
            log.NotRead(network.Network, troubles.Count, string.Join(", ", troubles.Distinct()));
        }
    }

    private async Task Read(KnownAccount account, CancellationToken stop)
    {
        var isDue = time.GetUtcNow() >= DateTimeOffset.FromUnixTimeMilliseconds(account.Checked) + config.Check;
        if (account.Token is null)
        {
            if (isDue)
            {
                await accounts.LookUp(network, _silo, account, stop);
            }

            return;
        }

        try
        {
            await accounts.Run(network, _silo, account, isDue || account.Newest is null || !_compared.Contains(account.Id), stop);
            _compared.Add(account.Id);
        }
        catch (MastodonException error) when (error.Status is HttpStatusCode.Unauthorized)
        {
            // The person took the permission back there, or deleted the account: which, the server says without a token. What was sent stays known.
            state.DropToken(account);
            log.ToRenew(network.Network);
            await accounts.LookUp(network, _silo, account, stop);
        }
        catch (MastodonException error) when (isDue && error.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            await accounts.LookUp(network, _silo, account, stop);
            throw;
        }
    }
}
