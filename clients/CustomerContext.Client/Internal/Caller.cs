using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>Makes calls with a token, a deadline, repeats of what is safe, and typed exceptions.</summary>
internal sealed class Caller(CustomerContextClientOptions options)
{
    private readonly RetryBudget _budget = new(options.Retry.Budget);

    /// <summary>Of signals, which a server with much to do puts off first: that must not use up what looks have.</summary>
    private readonly RetryBudget _signals = new(options.Retry.Budget);

    public CustomerContextClientOptions Options { get; } = options;

    /// <summary>A new request id, to be kept through all tries of one change.</summary>
    public string NewRequestId() => Options.NewRequestId().ToString("D");

    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method, TRequest request, TimeSpan timeout, CancellationToken cancellation)
    {
        var deadline = Options.Time.GetUtcNow() + timeout;
        var budget = request is PublishSignalsRequest ? _signals : _budget;
        for (var attempt = 1; ; attempt++)
        {
            var callOptions = await CallOptionsAsync(null, cancellation).ConfigureAwait(false);
            callOptions = callOptions.WithDeadline(UntilOf(attempt, deadline).UtcDateTime); // of what is left when the token is there
            Attempts.Note(callOptions.Headers!, attempt - 1);
            try
            {
                using var call = method(request, callOptions);
                var response = await call.ResponseAsync.ConfigureAwait(false);
                budget.Succeeded();
                return response;
            }
            catch (RpcException failure)
            {
                ThrowIfCanceled(failure, cancellation);
                var error = ErrorDecoder.Decode(failure);
                if (WaitBeforeNext(error, attempt, deadline, budget) is not { } wait)
                {
                    throw error;
                }

                await Task.Delay(wait, Options.Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask<CallOptions> CallOptionsAsync(DateTimeOffset? deadline, CancellationToken cancellation)
    {
        var headers = new Metadata();
        if (Options.TokenProvider is { } provider)
        {
            headers.Add("authorization", "Bearer " + await provider(cancellation).ConfigureAwait(false));
        }

        return new CallOptions(headers, deadline?.UtcDateTime, cancellation);
    }

    /// <summary>A failure after the caller gave up is the caller's own cancelling, whatever the transport made of it.</summary>
    public static void ThrowIfCanceled(RpcException failure, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The call was cancelled.", failure, cancellation);
        }
    }

    /// <summary>True while there is a server that the call has not tried.</summary>
    private bool HasAnother(int attempt) => attempt < Math.Min(Options.Addresses.Count, Options.Retry.MaxAttempts);

    /// <summary>
    /// Until when one try may last: the first, if there is another server, for half of the time, so that one that halts does not take it all. The others have what is left: cut shorter, tries would fail
    /// that only needed longer.
    /// </summary>
    private DateTimeOffset UntilOf(int attempt, DateTimeOffset deadline)
    {
        var now = Options.Time.GetUtcNow();
        return attempt == 1 && HasAnother(attempt) ? now + ((deadline - now) / 2) : deadline;
    }

    private TimeSpan? WaitBeforeNext(CustomerContextException error, int attempt, DateTimeOffset deadline, RetryBudget budget)
    {
        if (attempt >= Options.Retry.MaxAttempts)
        {
            return null;
        }

        // What was not answered at all is tried elsewhere at once. It takes from the budget all the same: servers that are all too slow must not get twice the load for that.
        if (HasAnother(attempt) && error is ({ Code: StatusCode.DeadlineExceeded } or { Code: StatusCode.Unavailable, Reason: ErrorReason.Unspecified }))
        {
            return Options.Time.GetUtcNow() < deadline && budget.TryRepeat() ? TimeSpan.Zero : null;
        }

        // A rate is the caller's own, and when there is room again is known. A server with too much in hand must not be asked by all again and again.
        var mayHelp = error.Code == StatusCode.Unavailable || error.Reason == ErrorReason.Overloaded
            ? budget.TryRepeat()
            : error.Code == StatusCode.ResourceExhausted && error.Detail.RetryDelay is not null;
        if (!mayHelp)
        {
            return null;
        }

        var wait = Backoff.Next(Options.Retry, attempt, error.Detail.RetryDelay, Options.Random());
        return Options.Time.GetUtcNow() + wait < deadline ? wait : null;
    }
}
