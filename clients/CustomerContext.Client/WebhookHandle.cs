using CustomerContext.Client.Internal;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Client;

/// <summary>
/// What the caller's company is told by webhook. Costs nothing to make, does no I/O by itself, safe for use from many threads.
/// </summary>
public sealed class WebhookHandle
{
    /// <summary>Many customers may have to be asked.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly Caller _caller;
    private readonly RawServices _raw;

    internal WebhookHandle(Caller caller, RawServices raw) => (_caller, _raw) = (caller, raw);

    /// <summary>Has the messages of the last hours sent again, each under its own id, without what is not true any more.</summary>
    /// <param name="last">Of how long, 1 minute to 24 hours. Absent: 24 hours.</param>
    /// <param name="cancellation">Gives the call up; some may be sent again nevertheless.</param>
    /// <returns>How many messages are sent again.</returns>
    /// <exception cref="CustomerContextException">
    /// <see cref="NotAuthenticatedException"/>, <see cref="CallerNotAllowedException"/>, <see cref="InvalidRequestException"/>, <see cref="RateLimitedException"/> (at most once a minute) or
    /// <see cref="ServerUnavailableException"/>.
    /// </exception>
    public async Task<int> ReplayAsync(TimeSpan? last = null, CancellationToken cancellation = default) =>
        (await _caller.CallAsync(_raw.Webhooks.ReplayWebhooksAsync, new ReplayWebhooksRequest { LastDuration = last?.ToDuration() }, _longest, cancellation).ConfigureAwait(false)).MessageCount;
}
