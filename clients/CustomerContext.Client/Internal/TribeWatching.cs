using System.Runtime.CompilerServices;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>A watch of a tribe's releases over as many streams as it takes.</summary>
internal sealed class TribeWatching(Caller caller, RawServices raw, WatchTribeRequest request)
{
    private int _failures;
    private bool _isOpen;

    public async IAsyncEnumerable<TribeRelease> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var error = default(CustomerContextException);
            var options = await caller.CallOptionsAsync(null, cancellation).ConfigureAwait(false);
            Attempts.Note(options.Headers!, _failures);
            using var call = raw.Tribes.WatchTribe(request.Clone(), options);
            while (true)
            {
                (var message, error) = await NextAsync(call, cancellation).ConfigureAwait(false);
                if (message is null)
                {
                    break;
                }

                (_isOpen, _failures, request.ResumeToken) = (true, 0, message.ResumeToken);
                if (message.Release is { } release)
                {
                    yield return release;
                }
            }

            _failures++;
            if (error is not null && (!(error.Code == StatusCode.Unavailable || error.Reason == ErrorReason.Overloaded) || (!_isOpen && _failures >= caller.Options.Retry.MaxAttempts)))
            {
                throw error;
            }

            var wait = Backoff.Next(caller.Options.Retry, _failures, error?.Detail.RetryDelay, caller.Options.Random());
            await Task.Delay(wait, caller.Options.Time, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<(WatchTribeResponse? Message, CustomerContextException? Error)> NextAsync(
        AsyncServerStreamingCall<WatchTribeResponse> call, CancellationToken cancellation)
    {
        try
        {
            return await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false) ? (call.ResponseStream.Current, null) : (null, null);
        }
        catch (RpcException failure)
        {
            Caller.ThrowIfCanceled(failure, cancellation);
            return (null, ErrorDecoder.Decode(failure));
        }
    }
}
