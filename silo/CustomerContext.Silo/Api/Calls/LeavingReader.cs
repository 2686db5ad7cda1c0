using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>The requests of a stream. Reading from a caller who has just left fails like a broken file; here it is what it is, a call that is over, and nobody's fault.</summary>
internal sealed class LeavingReader<T>(IAsyncStreamReader<T> stream) : IAsyncStreamReader<T>
{
    public T Current => stream.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken);
        }
        catch (IOException error) when (error is not InvalidProtocolBufferException)
        {
            // Nothing but the caller's connection is read here, and a message of theirs that is none is the only other failure of that type. That they have left may be known
            // before the request is marked so.
            throw new OperationCanceledException("The caller has left.", error);
        }
    }
}
