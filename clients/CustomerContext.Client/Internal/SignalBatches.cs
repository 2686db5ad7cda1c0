using System.Runtime.CompilerServices;
using CustomerContext.V1;

namespace CustomerContext.Client.Internal;

/// <summary>Cuts a stream of signals into requests.</summary>
internal static class SignalBatches
{
    /// <summary>
    /// The most bytes of signals in a request, in bytes of their protobuf form; what a message of 4 MiB holds, less what frames the signals in it.
    /// </summary>
    private const int MaxBatchSize = 4_000_000;

    public static async IAsyncEnumerable<IReadOnlyList<Signal>> Of(
        IAsyncEnumerable<Signal> signals, int batchSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var batch = new List<Signal>(batchSize);
        var size = 0;
        await foreach (var signal in signals.WithCancellation(cancellation).ConfigureAwait(false))
        {
            var signalSize = signal.CalculateSize();
            if (batch.Count == batchSize || (batch.Count > 0 && size + signalSize > MaxBatchSize))
            {
                yield return batch;
                batch = new List<Signal>(batchSize);
                size = 0;
            }

            batch.Add(signal);
            size += signalSize;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
