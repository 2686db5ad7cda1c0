using CustomerContext.Client.Internal;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>One customer, as a tenant sees them. Costs nothing to make, does no I/O by itself, safe for use from many threads.</summary>
public sealed partial class CustomerHandle
{
    private readonly Caller _caller;
    private readonly RawServices _raw;

    internal CustomerHandle(Caller caller, RawServices raw, SubjectIdentifier subject)
    {
        _caller = caller;
        _raw = raw;
        Subject = subject.Clone();
    }

    /// <summary>How the customer is named. Personal data.</summary>
    public SubjectIdentifier Subject { get; }

    /// <summary>Reads the context that is granted for a purpose. Each try is a look of its own, on the customer's record.</summary>
    /// <param name="purpose">What for, for example "service.support".</param>
    /// <param name="options">What to look at. Absent: all facets, no interaction.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="ConsentRequiredException">Nothing is granted, or there is no such customer.</exception>
    /// <exception cref="CallerNotAllowedException">The token's scope, role, tenant or purposes do not allow it.</exception>
    /// <exception cref="InvalidRequestException">A field is out of bounds.</exception>
    /// <exception cref="NotAuthenticatedException">The token is missing, invalid or expired.</exception>
    /// <exception cref="RateLimitedException">Too many lookups.</exception>
    /// <exception cref="ServerUnavailableException">No answer within the deadline, in spite of repeats.</exception>
    public Task<GetContextResponse> GetContextAsync(string purpose, LookupOptions? options = null, CancellationToken cancellation = default) =>
        Lookups.GetAsync(_caller, _raw, Subject, purpose, options, cancellation);

    /// <summary>Reads how moods went, release by release. A look like any other, on the customer's record.</summary>
    /// <param name="purpose">What for, for example "service.support".</param>
    /// <param name="options">Which of SENTIMENT, NETWORK and TRIBES, and in which interaction. Absent: all three, no interaction.</param>
    /// <param name="from">From this moment on. Absent: 12 weeks ago.</param>
    /// <param name="until">Before this moment. Absent: now.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As <see cref="GetContextAsync"/>.</exception>
    public Task<GetHistoryResponse> GetHistoryAsync(
        string purpose, LookupOptions? options = null, DateTimeOffset? from = null, DateTimeOffset? until = null, CancellationToken cancellation = default) =>
        Lookups.HistoryAsync(_caller, _raw, Subject, purpose, options, from, until, cancellation);

    /// <summary>
    /// Watches the granted context: everything first, then each change. Resumes by itself after a break, without missing anything: see
    /// <see cref="WatchEvent"/>. Ends with <see cref="WatchEvent.Ended"/>.
    /// </summary>
    /// <param name="purpose">What for, for example "service.support".</param>
    /// <param name="options">What to look at. Absent: all facets, no interaction.</param>
    /// <param name="cancellation">Ends the watch, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ConsentRequiredException">Nothing is granted (any more, if it was to be resumed), or there is no such customer.</exception>
    /// <exception cref="CallerNotAllowedException">The token's scope, role, tenant or purposes do not allow it.</exception>
    /// <exception cref="InvalidRequestException">A field is out of bounds.</exception>
    /// <exception cref="NotAuthenticatedException">The token is missing or invalid.</exception>
    /// <exception cref="ServerUnavailableException">It could not be opened, in spite of repeats. One that was open is resumed for ever.</exception>
    public IAsyncEnumerable<WatchEvent> WatchAsync(string purpose, LookupOptions? options = null, CancellationToken cancellation = default) =>
        Lookups.Watch(_caller, _raw, Subject, purpose, options, cancellation);
}
