using CustomerContext.Domain;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage.Journal;

/// <summary>At start nobody waits for an answer yet, and a machine that starts is busy: what the store did not answer in time is asked again before the start fails.</summary>
internal static class StartRetry
{
    /// <summary>The answer of <paramref name="call"/>, which may be made again.</summary>
    public static async Task<T> Try<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (error is LedgerUnavailableException or StoreUnavailableException && attempt < Limits.Storage.StartAttempts)
            {
                // Once more.
            }
        }
    }

    /// <inheritdoc cref="Try{T}"/>
    public static Task Try(Func<Task> call) => Try(async () =>
    {
        await call();
        return true;
    });
}
