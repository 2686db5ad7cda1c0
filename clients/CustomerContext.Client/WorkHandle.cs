using System.Runtime.CompilerServices;
using CustomerContext.Client.Internal;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Client;

/// <summary>
/// The work of the caller's company: what waits, without whose it is; that is shown to who claims it. Costs nothing to make, does no I/O by itself, safe for use from many threads.
/// Every method may throw <see cref="NotAuthenticatedException"/>, <see cref="CallerNotAllowedException"/>, <see cref="InvalidRequestException"/>, <see cref="RateLimitedException"/> and
/// <see cref="ServerUnavailableException"/>; those that name work also <see cref="NotFoundException"/> (no such work, or no longer).
/// </summary>
public sealed class WorkHandle
{
    private const int PageSize = 100;

    private readonly Caller _caller;
    private readonly RawServices _raw;

    internal WorkHandle(Caller caller, RawServices raw) => (_caller, _raw) = (caller, raw);

    /// <summary>All open work, what is overdue first, then what waits longest.</summary>
    /// <param name="purpose">What for, for example "service.support".</param>
    /// <param name="queue">Only this queue. Default: all.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public async IAsyncEnumerable<Work> ListAsync(
        string purpose, WorkQueue queue = WorkQueue.Unspecified, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var request = new ListWorkRequest { PageSize = PageSize, Purpose = purpose, Queue = queue };
        do
        {
            var page = await _caller.CallAsync(_raw.Attention.ListWorkAsync, request, _caller.Options.ReadDeadline, cancellation).ConfigureAwait(false);
            foreach (var work in page.Works)
            {
                yield return work;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>All open work first, then each change, until the server ends the stream or it breaks; then watch anew.</summary>
    /// <param name="purpose">What for, for example "service.support".</param>
    /// <param name="queue">Only this queue. Default: all.</param>
    /// <param name="cancellation">Ends the watch, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public IAsyncEnumerable<WatchWorkResponse> WatchAsync(string purpose, WorkQueue queue = WorkQueue.Unspecified, CancellationToken cancellation = default) =>
        ServerStreams.ReadAsync(_caller, _raw.Attention.WatchWork, new WatchWorkRequest { Purpose = purpose, Queue = queue }, cancellation);

    /// <summary>Claims a piece of work, and so looks at what waits of the customer, on their record. Claiming again prolongs the claim.</summary>
    /// <param name="workId">Which work.</param>
    /// <param name="purpose">What for, for example "service.support".</param>
    /// <param name="interactionId">The shift, call or case in which a person looks. A program may leave it empty.</param>
    /// <param name="duration">For how long, 1 to 60 minutes. Absent: 15 minutes.</param>
    /// <param name="cancellation">Gives the call up; it may still be claimed.</param>
    /// <exception cref="CustomerContextException">As listed at the class; <see cref="ConflictException"/> if somebody else has it.</exception>
    public Task<ClaimWorkResponse> ClaimAsync(
        string workId, string purpose, string interactionId = "", TimeSpan? duration = null, CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Attention.ClaimWorkAsync,
        new ClaimWorkRequest { RequestId = _caller.NewRequestId(), WorkId = workId, Purpose = purpose, InteractionId = interactionId, ClaimDuration = duration?.ToDuration() },
        _caller.Options.WriteDeadline,
        cancellation);

    /// <summary>Completes a piece of work that the caller has claimed.</summary>
    /// <param name="workId">Which work.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="cancellation">Gives the call up; it may still be done.</param>
    /// <exception cref="CustomerContextException">As listed at the class; <see cref="ConflictException"/> if the caller has not claimed it.</exception>
    public Task<CompleteWorkResponse> CompleteAsync(string workId, WorkResult result = WorkResult.Done, CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Attention.CompleteWorkAsync,
        new CompleteWorkRequest { RequestId = _caller.NewRequestId(), WorkId = workId, Result = result },
        _caller.Options.WriteDeadline,
        cancellation);

    /// <summary>Gives back a piece of work that the caller has claimed.</summary>
    /// <param name="workId">Which work.</param>
    /// <param name="toQueue">Escalated: to that queue. Default: it stays in the queue that it is in.</param>
    /// <param name="cancellation">Gives the call up; it may still be given back.</param>
    /// <exception cref="CustomerContextException">As listed at the class; <see cref="ConflictException"/> if the caller has not claimed it.</exception>
    public Task<HandOverWorkResponse> HandOverAsync(string workId, WorkQueue toQueue = WorkQueue.Unspecified, CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Attention.HandOverWorkAsync,
        new HandOverWorkRequest { RequestId = _caller.NewRequestId(), WorkId = workId, ToQueue = toQueue },
        _caller.Options.WriteDeadline,
        cancellation);
}
