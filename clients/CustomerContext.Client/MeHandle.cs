using CustomerContext.Client.Internal;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>
/// The customer whose own token the client sends; consent is in the other part of this class. Safe for use from many threads.
/// Every method may throw <see cref="NotAuthenticatedException"/>, <see cref="CallerNotAllowedException"/> (not a customer's token, or not its
/// scope), <see cref="InvalidRequestException"/>, <see cref="RateLimitedException"/> and <see cref="ServerUnavailableException"/>.
/// </summary>
public sealed partial class MeHandle
{
    private readonly Caller _caller;
    private readonly RawServices _raw;
    private readonly ShownNotice? _notice;

    internal MeHandle(Caller caller, RawServices raw, ShownNotice? notice = null)
    {
        _caller = caller;
        _raw = raw;
        _notice = notice;
    }

    /// <summary>The same handle for yeses before which <paramref name="notice"/> was displayed, one of the catalogue: records and receipts name it. Absent: none was, and they name none.</summary>
    public MeHandle Showing(ShownNotice? notice) => new(_caller, _raw, notice);

    /// <summary>Reads one's own context, all of it.</summary>
    /// <param name="options">What to look at. Absent: all facets.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<GetContextResponse> GetContextAsync(LookupOptions? options = null, CancellationToken cancellation = default) =>
        Lookups.GetAsync(_caller, _raw, null, "", options, cancellation);

    /// <summary>Reads how one's own mood, that of one's network and of one's tribes went, as <see cref="CustomerHandle.GetHistoryAsync"/>.</summary>
    /// <param name="options">Which of SENTIMENT, NETWORK and TRIBES. Absent: all three.</param>
    /// <param name="from">From this moment on. Absent: 12 weeks ago.</param>
    /// <param name="until">Before this moment. Absent: now.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<GetHistoryResponse> GetHistoryAsync(
        LookupOptions? options = null, DateTimeOffset? from = null, DateTimeOffset? until = null, CancellationToken cancellation = default) =>
        Lookups.HistoryAsync(_caller, _raw, null, "", options, from, until, cancellation);

    /// <summary>Watches one's own context, as <see cref="CustomerHandle.WatchAsync"/>.</summary>
    /// <param name="options">What to look at. Absent: all facets.</param>
    /// <param name="cancellation">Ends the watch, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public IAsyncEnumerable<WatchEvent> WatchAsync(LookupOptions? options = null, CancellationToken cancellation = default) =>
        Lookups.Watch(_caller, _raw, null, "", options, cancellation);
}
