using CustomerContext.Domain.Common;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Errors;

/// <summary>From outcomes, which are values inside, to exceptions, which gRPC wants at the door.</summary>
internal static class Outcomes
{
    extension<T>(Outcome<T> outcome)
    {
        /// <summary>The value.</summary>
        /// <exception cref="RpcException">It was refused.</exception>
        public T OrThrow() => outcome.IsOk ? outcome.Value : throw RpcErrors.From(outcome.Refusal);
    }

    extension(Refusal? refusal)
    {
        /// <summary>Nothing, if nothing was refused.</summary>
        /// <exception cref="RpcException">It was refused.</exception>
        public void OrThrow()
        {
            if (refusal is not null)
            {
                throw RpcErrors.From(refusal);
            }
        }
    }
}
