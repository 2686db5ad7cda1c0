using System.Runtime.CompilerServices;
using CustomerContext.Client.Internal;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client;

/// <summary>Receipts, looks as they happen, taking everything out or away.</summary>
public sealed partial class MeHandle
{
    private static readonly TimeSpan _exportDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _eraseDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Gets the signed receipt of a grant: a compact JWS that any JOSE library checks against the published key set.</summary>
    /// <param name="grantId">Which grant.</param>
    /// <param name="version">Which version of it, from 1. Absent: the latest.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="NotFoundException">There is no such version of a grant.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<GetReceiptResponse> GetReceiptAsync(string grantId, long? version = null, CancellationToken cancellation = default)
    {
        var request = new GetReceiptRequest { GrantId = grantId };
        if (version is { } number)
        {
            request.Version = number;
        }

        return _caller.CallAsync(_raw.Consents.GetReceiptAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Each look as it is made, until the server ends the stream or it breaks; then go on from the last resume token.</summary>
    /// <param name="resumeToken">Where to go on. Empty: from now on.</param>
    /// <param name="cancellation">Ends the watch, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public IAsyncEnumerable<WatchDisclosuresResponse> WatchDisclosuresAsync(string resumeToken = "", CancellationToken cancellation = default) =>
        StreamAsync(_raw.Consents.WatchDisclosures, new WatchDisclosuresRequest { ResumeToken = resumeToken }, null, cancellation);

    /// <summary>Hands everything over that is kept of the customer: one JSON document, written to <paramref name="destination"/> as it comes.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public async Task ExportAsync(Stream destination, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var pieces = StreamAsync(_raw.Consents.ExportCustomer, new ExportCustomerRequest(), _exportDeadline, cancellation);
        await foreach (var piece in pieces.ConfigureAwait(false))
        {
            await destination.WriteAsync(piece.Piece.Memory, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Erases the customer, for good. When it returns nothing is left but the hashes of the chain; the receipt says so and names nobody.</summary>
    /// <exception cref="CustomerContextException">As listed at the class; after a deadline the server goes on by itself.</exception>
    public Task<EraseCustomerResponse> EraseAsync(CancellationToken cancellation = default)
    {
        var request = new EraseCustomerRequest { RequestId = _caller.NewRequestId() };
        return _caller.CallAsync(_raw.Consents.EraseCustomerAsync, request, _eraseDeadline, cancellation);
    }

    private async IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncServerStreamingCall<TResponse>> method,
        TRequest request,
        TimeSpan? timeout,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var deadline = timeout is null ? (DateTimeOffset?)null : _caller.Options.Time.GetUtcNow() + timeout;
        using var call = method(request, await _caller.CallOptionsAsync(deadline, cancellation).ConfigureAwait(false));
        while (await NextAsync().ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }

        async Task<bool> NextAsync()
        {
            try
            {
                return await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false);
            }
            catch (RpcException failure)
            {
                Caller.ThrowIfCanceled(failure, cancellation);
                throw ErrorDecoder.Decode(failure);
            }
        }
    }
}
