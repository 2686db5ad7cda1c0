using System.Runtime.CompilerServices;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>A watch over as many streams as it takes.</summary>
internal sealed class ContextWatch(Caller caller, RawServices raw, WatchContextRequest request)
{
    /// <summary>Streams that failed since the last message.</summary>
    private int _failures;

    /// <summary>Whether any message ever came: until then the watch fails like a call, after that it resumes for ever.</summary>
    private bool _isOpen;

    private Context _current = new();

    public async IAsyncEnumerable<WatchEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        WatchEndReason? lastEnd = null;
        var isInterrupted = false;
        while (true)
        {
            WatchEndReason? end = null;
            CustomerContextException? error;
            using (var connection = await WatchConnection.OpenAsync(caller, raw, request.Clone(), _failures, cancellation).ConfigureAwait(false))
            {
                while (true)
                {
                    (var message, error) = await connection.ReadAsync().ConfigureAwait(false);
                    if (message is null)
                    {
                        break;
                    }

                    Note(message);
                    if (message.EventCase == WatchContextResponse.EventOneofCase.Ended)
                    {
                        end = message.Ended.Reason;
                    }
                    else if (message.EventCase == WatchContextResponse.EventOneofCase.Frame)
                    {
                        (lastEnd, isInterrupted) = (null, false);
                        _current = ContextMerge.Apply(_current, message.Frame);
                        yield return new WatchEvent.Changed(message.Frame, _current.Clone());
                    }
                    else if (isInterrupted)
                    {
                        isInterrupted = false;
                        yield return new WatchEvent.Resumed();
                    }
                }
            }

            if (end is { } reason && IsFinal(reason))
            {
                yield return new WatchEvent.Ended(reason);
                yield break;
            }

            if (lastEnd == WatchEndReason.TimeLimit && error is ConsentRequiredException)
            {
                yield return new WatchEvent.Ended(WatchEndReason.TimeLimit); // the grant was for this call only, and that is over
                yield break;
            }

            var wait = PrepareToResume(end, error);
            lastEnd = end ?? lastEnd;
            if (_isOpen)
            {
                isInterrupted = true;
                yield return new WatchEvent.Interrupted(error, wait);
            }

            await Task.Delay(wait, caller.Options.Time, cancellation).ConfigureAwait(false);
        }
    }

    private void Note(WatchContextResponse message)
    {
        _isOpen = true;
        _failures = 0;
        request.ResumeToken = message.ResumeToken;
    }

    /// <summary>How long to wait before the next stream.</summary>
    private TimeSpan PrepareToResume(WatchEndReason? end, CustomerContextException? error)
    {
        if (end == WatchEndReason.GrantNarrowed)
        {
            request.ResumeToken = ""; // a full first frame, built from nothing, so that what is no longer granted cannot linger
            _current = new Context();
            return TimeSpan.Zero;
        }

        _failures++;
        if (error is not null && (!CanResume(error) || (!_isOpen && _failures >= caller.Options.Retry.MaxAttempts)))
        {
            throw error;
        }

        return Backoff.Next(caller.Options.Retry, _failures, error?.Detail.RetryDelay, caller.Options.Random());
    }

    private static bool IsFinal(WatchEndReason reason) =>
        reason is WatchEndReason.GrantRevoked or WatchEndReason.GrantExpired or WatchEndReason.PurposeDisabled;

    /// <summary>Breaks of the transport bear no reason of ours, whatever code the transport makes of them.</summary>
    private bool CanResume(CustomerContextException error) => error.Reason switch
    {
        ErrorReason.TokenExpired or ErrorReason.RateLimited or ErrorReason.Overloaded => true,
        ErrorReason.Unspecified => error.Code == StatusCode.Unavailable
            || (_isOpen && error.Code is StatusCode.Cancelled or StatusCode.Unknown or StatusCode.Internal),
        _ => error.Code == StatusCode.Unavailable,
    };
}
