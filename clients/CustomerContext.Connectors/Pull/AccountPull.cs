using System.Net;
using CustomerContext.Client;
using CustomerContext.Connectors.Hosting;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Connectors.State;
using CustomerContext.V1;
using Status = CustomerContext.Connectors.Mastodon.Status;

namespace CustomerContext.Connectors.Pull;

/// <summary>
/// Brings one account's posts to the silo. What is about to be sent is written down first, and what was sent after it was answered; so whenever this process ends, the next one knows what the silo may have.
/// </summary>
internal sealed class AccountPull(ConnectorConfig config, MastodonApi api, StateFile state, PullLog log, TimeProvider time)
{
    /// <summary>Posts that are compared with what is there; the silo can take back as many.</summary>
    public const int Tracked = 64;

    private const int MostPages = 25;

    /// <summary>That everything is gone, which cannot be undone, has to be so at so many checks in a row.</summary>
    private const int Agreeing = 3;

    /// <summary>And for so long, where the server says of the same person that they have posts.</summary>
    private static readonly TimeSpan _disagreeing = TimeSpan.FromDays(1);

    /// <summary>Sends what is new; with <paramref name="all"/> also what was edited, and takes back what is gone.</summary>
    /// <exception cref="MastodonException">The network's server did not answer as it should.</exception>
    /// <exception cref="CustomerContextException">The silo did not.</exception>
    public async Task Run(NetworkOptions network, CustomerContextClient silo, KnownAccount account, bool all, CancellationToken stop)
    {
        var token = account.Token ?? throw new ArgumentException("A token is needed.", nameof(account));
        var known = state.Posts(account);
        var (listed, whole, newest) = all ? await ListAll(network, account, token, known, stop) : await ListNew(network, account, token, stop);
        if (all && listed.Count == 0 && known.Count > 0)
        {
            // Mastodon says so of somebody whom it suspended, too.
            await Miss(silo, account, isSure: (await api.Verify(network, token, stop)).StatusesCount == 0, stop);
            return;
        }

        var earliest = account.Earliest;
        var own = listed.Where(status => status.IsOwnPublicPostOf(account.Id) && status.Created > earliest).ToArray();
        if (account.Newest is null && own.Length > Tracked)
        {
            // The first time: of what they wrote before, no more than can be taken back.
            own = [.. own.OrderByDescending(status => status.CreatedAt)];
            earliest = own[Tracked].Created;
            own = [.. own.Take(Tracked).Where(status => status.Created > earliest)];
        }

        var plan = PostPlan.Of(known, own, whole, account.Times);
        state.Set(account, plan.Gone.Concat(plan.New.Select(one => Known(one.Post, one.Times, PostStage.Sending))), plan.Times);
        await TakeBack(silo, account, plan.Gone, stop);
        await Send(silo, account, plan.New, plan.Times, stop);
        earliest = Trim(account, earliest);
        state.Advance(account, newest ?? account.Newest, earliest, account.Checked);
        if (all)
        {
            state.Check(account, missed: 0, missing: 0, time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Looks without a token whether the account is there, where its own opens nothing: somebody who deletes their account takes their tokens with it.</summary>
    /// <exception cref="MastodonException">The network's server did not answer as it should.</exception>
    /// <exception cref="CustomerContextException">The silo did not.</exception>
    public async Task LookUp(NetworkOptions network, CustomerContextClient silo, KnownAccount account, CancellationToken stop)
    {
        if (await IsThere(network, account, stop))
        {
            state.Check(account, missed: 0, missing: 0, time.GetUtcNow().ToUnixTimeMilliseconds());
        }
        else
        {
            await Miss(silo, account, isSure: true, stop);
        }
    }

    private async Task<bool> IsThere(NetworkOptions network, KnownAccount account, CancellationToken stop)
    {
        try
        {
            return (await api.Find(network, account.Id, stop)).Suspended != true;
        }
        catch (MastodonException error) when (error.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return false;
        }
    }

    /// <summary>All seems to be gone. Once it has been so for long enough, everything is taken back that can be.</summary>
    private async Task Miss(CustomerContextClient silo, KnownAccount account, bool isSure, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var missing = account.Missing == 0 ? now.ToUnixTimeMilliseconds() : account.Missing;
        state.Check(account, account.Missed + 1, missing, now.ToUnixTimeMilliseconds());
        var longest = (Agreeing - 1) * config.Check;
        if (account.Missed + 1 < Agreeing || now - DateTimeOffset.FromUnixTimeMilliseconds(missing) < (isSure || longest > _disagreeing ? longest : _disagreeing))
        {
            return;
        }

        KnownPost[] gone = [.. state.Posts(account).Select(post => post with { Stage = PostStage.Gone })];
        if (gone.Length > 0)
        {
            state.Set(account, gone, account.Times + 1);
            await TakeBack(silo, account, gone, stop);
        }
    }

    private static KnownPost Known(Status status, int times, PostStage stage) => new(status.Id, status.Version, status.Created, stage, times);

    private async Task TakeBack(CustomerContextClient silo, KnownAccount account, IReadOnlyList<KnownPost> posts, CancellationToken stop)
    {
        var results = await silo.Signals.PublishAsync(posts.Select(post => PostSignals.TakeBack(account, post)), cancellation: stop);
        state.Forget(account, posts.Where((_, i) => IsAnswered(results[i])));
        CheckAll(results);
    }

    private async Task Send(CustomerContextClient silo, KnownAccount account, IReadOnlyList<(Status Post, int Times)> posts, int times, CancellationToken stop)
    {
        var signals = posts.Select(one => PostSignals.Of(account, one.Post, one.Times)).ToArray();
        var results = new Queue<SignalResult>(await silo.Signals.PublishAsync(signals.OfType<Signal>(), cancellation: stop));
        var answered = results.ToArray();
        state.Set(account, posts.Where((_, i) => signals[i] is null || IsAnswered(results.Dequeue())).Select(one => Known(one.Post, one.Times, PostStage.Sent)).ToArray(), times);
        CheckAll(answered);
    }

    /// <summary>Keeps track of the newest alone; returns until when posts are not looked at any more.</summary>
    private long Trim(KnownAccount account, long earliest)
    {
        KnownPost[] old = [.. state.Posts(account).SkipLast(Tracked)];
        if (old.Length == 0)
        {
            return earliest;
        }

        state.Forget(account, old);
        return Math.Max(earliest, old[^1].Created);
    }

    /// <summary>True if the silo has said what became of it, once and for all.</summary>
    private static bool IsAnswered(SignalResult result) =>
        result.Outcome != SignalOutcome.Refused || result.Status?.Reason is not (ErrorReason.StoreUnavailable or ErrorReason.ServerUnavailable);

    private void CheckAll(IReadOnlyCollection<SignalResult> results)
    {
        if (results.Any(result => !IsAnswered(result)))
        {
            throw new SignalsWaitException();
        }

        if (results.Count(result => result.Outcome == SignalOutcome.Refused) is > 0 and var refused)
        {
            log.Refused(refused, string.Join(", ", results.Where(result => result.Outcome == SignalOutcome.Refused).Select(result => result.Status?.Reason).Distinct()));
        }
    }

    /// <summary>From the newest back to the oldest that is tracked; the first time as far as posts are read, or until there are enough.</summary>
    private async Task<(List<Status> Listed, long? Whole, string? Newest)> ListAll(NetworkOptions network, KnownAccount account, string token, IReadOnlyList<KnownPost> known, CancellationToken stop)
    {
        var oldest = known.Count > 0 ? known[0].Created : long.MaxValue;
        var listed = new List<Status>();
        for (var page = 0; page < MostPages; page++)
        {
            var more = await api.Statuses(network, account.Id, token, listed.LastOrDefault()?.Id, after: null, stop);
            listed.AddRange(more);
            if (more.Count == 0 || more[^1].Created <= account.Earliest)
            {
                return (listed, account.Earliest, listed.FirstOrDefault()?.Id);
            }

            var isEnough = known.Count > 0 ? more[^1].Created < oldest : account.Newest is null && listed.Count(status => status.IsOwnPublicPostOf(account.Id)) > Tracked;
            if (isEnough)
            {
                break;
            }
        }

        return (listed, listed[^1].Created, listed[0].Id);
    }

    /// <summary>What came after the newest that was seen.</summary>
    private async Task<(List<Status> Listed, long? Whole, string? Newest)> ListNew(NetworkOptions network, KnownAccount account, string token, CancellationToken stop)
    {
        var (listed, newest) = (new List<Status>(), account.Newest);
        for (var page = 0; page < MostPages; page++)
        {
            var more = await api.Statuses(network, account.Id, token, before: null, newest, stop);
            if (more.Count == 0)
            {
                break;
            }

            listed.AddRange(more);
            newest = more[0].Id;
        }

        return (listed, null, newest);
    }
}

/// <summary>The silo did not take everything now; what it did not answer for good is sent again.</summary>
internal sealed class SignalsWaitException() : Exception("The store did not answer.");
