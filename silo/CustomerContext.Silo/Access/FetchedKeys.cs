using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Silo.Hosting;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CustomerContext.Silo.Access;

/// <summary>
/// What an issuer says of itself, its keys above all, fetched from it: anew when they age, and when a token names a key that is not among them (the issuer has changed its keys). Whoever sends
/// such tokens cannot make it ask more often than every <see cref="Limits.Access.KeyFetchEvery"/>, and failures make the rests longer. Meanwhile the keys at hand go
/// on being good, for a bounded time.
/// </summary>
/// <param name="issuer">Its name, for the log.</param>
/// <param name="fetch">Asks it for its keys; fails as <see cref="KeyFetcher.Fetch"/> does.</param>
/// <param name="metrics">Counts the attempts.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class FetchedKeys(
    string issuer, Func<Task<OpenIdConnectConfiguration>> fetch, SiloMetrics metrics, TimeProvider time, ILogger<FetchedKeys> log) : IKeySource
{
    private readonly Lock _lock = new();
    private volatile KeySet? _last;
    private Task? _fetching;
    private DateTimeOffset _nextFetch = DateTimeOffset.MinValue;
    private int _failures;

    public KeySet? Known()
    {
        if (_last is not { } last)
        {
            return null;
        }

        var age = time.GetUtcNow() - last.FetchedAt;
        if (age >= Limits.Access.KeyRefresh)
        {
            _ = Fetch();
        }

        return age < Limits.Access.KeysGoodFor ? last : null;
    }

    public async ValueTask<KeySet?> For(string kid)
    {
        if (Known() is not { } known || !known.Has(kid))
        {
            await Fetch();
        }

        return Known();
    }

    /// <summary>Done when the fetch that is under way is, or at once if none may begin yet.</summary>
    private Task Fetch()
    {
        lock (_lock)
        {
            if (_fetching is { IsCompleted: false })
            {
                return _fetching;
            }

            var now = time.GetUtcNow();
            if (now < _nextFetch)
            {
                return Task.CompletedTask;
            }

            _nextFetch = now + Limits.Access.KeyFetchEvery;
            return _fetching = Task.Run(TryFetch);
        }
    }

    private async Task TryFetch()
    {
        try
        {
            var keys = await fetch();
            lock (_lock)
            {
                _last = new KeySet(keys, time.GetUtcNow());
                _failures = 0;
            }

            metrics.KeysFetched(issuer, succeeded: true);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or JsonException or InvalidDataException or ArgumentException or InvalidOperationException)
        {
            lock (_lock)
            {
                _nextFetch = time.GetUtcNow() + Rest(_failures++);
            }

            metrics.KeysFetched(issuer, succeeded: false);
            Failed(log, issuer, error.GetType().Name, _failures);
        }
    }

    private static TimeSpan Rest(int failures)
    {
        var doubled = Limits.Access.KeyFetchEvery * Math.Pow(2, Math.Min(failures, 10));
        return doubled < Limits.Access.KeyFetchRest ? doubled : Limits.Access.KeyFetchRest;
    }

    [LoggerMessage(110, LogLevel.Warning, "The keys of {Issuer} could not be fetched ({Fault}, {Failures} times in a row)")]
    private static partial void Failed(ILogger logger, string issuer, string fault, int failures);
}
