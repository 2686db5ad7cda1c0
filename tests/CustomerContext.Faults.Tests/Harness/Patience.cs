using Grpc.Core;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>What every client of the API does about UNAVAILABLE, and about a deadline that a loaded machine did not meet.</summary>
internal static class Patience
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    /// <summary>The answer of <paramref name="call"/>, which is tried again while the server has none; it must be safe to repeat.</summary>
    public static async Task<T> Try<T>(Func<Task<T>> call)
    {
        using var deadline = new CancellationTokenSource(_longest);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded && !deadline.IsCancellationRequested)
            {
                // Not yet.
            }
        }
    }
}
