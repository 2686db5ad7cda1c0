using System.Runtime.CompilerServices;
using CustomerContext.Client.Internal;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>Sends signals in. Safe to repeat, by (source, id): a signal counts once however often it is sent.</summary>
public sealed class SignalPublisher
{
    private readonly Caller _caller;
    private readonly RawServices _raw;

    internal SignalPublisher(Caller caller, RawServices raw)
    {
        _caller = caller;
        _raw = raw;
    }

    /// <summary>Publishes signals, in as many requests as it takes, and waits until all are answered.</summary>
    /// <param name="signals">Any number of signals.</param>
    /// <param name="options">How. Absent: all defaults.</param>
    /// <param name="cancellation">Gives the call up; what was sent may still be taken.</param>
    /// <returns>What became of each signal, in their order. A refused one is no exception: see <see cref="SignalResult.Status"/>.</returns>
    /// <exception cref="CallerNotAllowedException">The token's scope does not allow it.</exception>
    /// <exception cref="NotAuthenticatedException">The token is missing, invalid or expired.</exception>
    /// <exception cref="RateLimitedException">Too many signals.</exception>
    /// <exception cref="ServerUnavailableException">A request was not answered within its deadline; publish all signals again.</exception>
    public async Task<IReadOnlyList<SignalResult>> PublishAsync(
        IEnumerable<Signal> signals, PublishOptions? options = null, CancellationToken cancellation = default)
    {
        var results = new List<SignalResult>();
        await foreach (var batch in PublishAllAsync(signals.ToAsyncEnumerable(), options, cancellation).ConfigureAwait(false))
        {
            results.AddRange(batch.Results);
        }

        return results;
    }

    /// <summary>
    /// Publishes a stream of signals, several requests at a time. Never reads further ahead than what fills the requests in flight, so the source
    /// may be endless. Batches come back in the order of the signals; leaving the loop abandons what is in flight.
    /// </summary>
    /// <param name="signals">The signals.</param>
    /// <param name="options">How. Absent: all defaults.</param>
    /// <param name="cancellation">Gives up; what was sent may still be taken.</param>
    /// <exception cref="ArgumentException">An option is out of bounds.</exception>
    /// <exception cref="CustomerContextException">
    /// As <see cref="PublishAsync"/>; the batches after the last one that came back have to be sent again.
    /// </exception>
    public IAsyncEnumerable<PublishedBatch> PublishAllAsync(
        IAsyncEnumerable<Signal> signals, PublishOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new PublishOptions();
        options.Validate();
        return PipelineAsync(signals, options, cancellation);
    }

    private async IAsyncEnumerable<PublishedBatch> PipelineAsync(
        IAsyncEnumerable<Signal> signals, PublishOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sender = new BatchSender(_caller, _raw, options.Deadline ?? _caller.Options.WriteDeadline);
        var inFlight = new Queue<Task<PublishedBatch>>();
        try
        {
            await foreach (var batch in SignalBatches.Of(signals, options.BatchSize, stop.Token).ConfigureAwait(false))
            {
                if (inFlight.Count == options.InFlight)
                {
                    yield return await inFlight.Dequeue().ConfigureAwait(false);
                }

                inFlight.Enqueue(sender.SendAsync(batch, stop.Token));
            }

            while (inFlight.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(inFlight.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
