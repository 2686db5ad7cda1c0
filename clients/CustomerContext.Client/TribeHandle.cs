using System.Runtime.CompilerServices;
using CustomerContext.Client.Internal;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Client;

/// <summary>
/// One tribe: what it has released, the same to everyone, never a person. Costs nothing to make, does no I/O by itself, safe for use from many threads.
/// Every method may throw <see cref="NotFoundException"/> (no such tribe), <see cref="NotAuthenticatedException"/>, <see cref="CallerNotAllowedException"/>,
/// <see cref="InvalidRequestException"/>, <see cref="RateLimitedException"/> and <see cref="ServerUnavailableException"/>.
/// </summary>
public sealed class TribeHandle
{
    private readonly Caller _caller;
    private readonly RawServices _raw;

    internal TribeHandle(Caller caller, RawServices raw, string tribeId)
    {
        _caller = caller;
        _raw = raw;
        TribeId = tribeId;
    }

    /// <summary>The tribe's id.</summary>
    public string TribeId { get; }

    /// <summary>Reads the tribe and its last release; without one, too few were heard.</summary>
    /// <param name="purpose">What for, for example "service.support". A customer's own client may leave it empty.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<GetTribeResponse> GetAsync(string purpose, CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Tribes.GetTribeAsync, new GetTribeRequest { TribeId = TribeId, Purpose = purpose }, _caller.Options.ReadDeadline, cancellation);

    /// <summary>Each release as it comes, the last one first. Resumes by itself after a break; a release may come twice.</summary>
    /// <param name="purpose">As <see cref="GetAsync"/>.</param>
    /// <param name="cancellation">Ends the watch, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public IAsyncEnumerable<TribeRelease> WatchAsync(string purpose, CancellationToken cancellation = default) =>
        new TribeWatching(_caller, _raw, new WatchTribeRequest { TribeId = TribeId, Purpose = purpose }).RunAsync(cancellation);

    /// <summary>The trend for third parties, oldest first: from members who said yes to publish only.</summary>
    /// <param name="purpose">As <see cref="GetAsync"/>.</param>
    /// <param name="from">From this moment on. Absent: 12 weeks ago.</param>
    /// <param name="until">Before this moment. Absent: now.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public async IAsyncEnumerable<TrendPoint> ListTrendsAsync(
        string purpose, DateTimeOffset? from = null, DateTimeOffset? until = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var request = new GetTrendsRequest { TribeId = TribeId, Purpose = purpose, FromTime = from?.ToTimestamp(), UntilTime = until?.ToTimestamp() };
        do
        {
            var page = await _caller.CallAsync(_raw.Tribes.GetTrendsAsync, request, _caller.Options.ReadDeadline, cancellation).ConfigureAwait(false);
            foreach (var point in page.Points)
            {
                yield return point;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }
}
