using CustomerContext.Domain.Access;
using CustomerContext.Silo.Access;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>A stream of requests that is read no faster than its sender may send; meanwhile the transport holds the sender back.</summary>
internal sealed class PacedReader<T>(IAsyncStreamReader<T> requests, Admission admission, Caller caller, Lane lane) : IAsyncStreamReader<T>
    where T : class
{
    public T Current => requests.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken))
        {
            return false;
        }

        await admission.AdmitMessage(caller, lane, CallCost.Of(Current), cancellationToken);
        return true;
    }
}
