using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace CustomerContext.Connectors.Mastodon;

/// <summary>
/// Until when a server is left alone: as long as it asks (<c>Retry-After</c>), and where it fails, longer each time. And one account at it, for a limit is a person's: until it is fresh again (<c>X-RateLimit-Remaining</c>,
/// <c>X-RateLimit-Reset</c>) once a tenth of it is left, which is the person's own to use. Calls for no account share one more limit.
/// </summary>
internal sealed class HostPauses(TimeProvider time)
{
    private static readonly TimeSpan _usual = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, int Failures)> _hosts = new();
    private readonly ConcurrentDictionary<(string Host, string Account), DateTimeOffset> _accounts = new();

    /// <summary>Until when <paramref name="host"/> is left alone; in the past: it is not.</summary>
    public DateTimeOffset Until(Uri host) => _hosts.GetValueOrDefault(host.Authority).Until;

    /// <summary>Until when one account at it is left alone (empty: calls for no account); in the past: it is not.</summary>
    public DateTimeOffset Until(Uri host, string account) => _accounts.GetValueOrDefault((host.Authority, account)) is var own && own > Until(host) ? own : Until(host);

    /// <summary>True if the host is left alone.</summary>
    public bool IsPaused(Uri host) => Until(host) > time.GetUtcNow();

    /// <summary>Passes if the host may be called for an account.</summary>
    /// <exception cref="MastodonException">It is to be left alone.</exception>
    public void Check(Uri host, string account)
    {
        if (Until(host, account) > time.GetUtcNow())
        {
            throw new MastodonException(HttpStatusCode.TooManyRequests);
        }
    }

    /// <summary>Takes note of what an answer says about limits.</summary>
    public void Note(Uri host, string account, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode >= 500 && answer.Headers.RetryAfter is null)
        {
            Fail(host);
            return;
        }

        var now = time.GetUtcNow();
        var reset = Text(answer, "X-RateLimit-Reset") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : (DateTimeOffset?)null;
        var asked = answer.Headers.RetryAfter switch
        {
            { Delta: { } delay } => now + delay,
            { Date: { } date } => date,
            _ => (DateTimeOffset?)null,
        };
        _hosts[host.Authority] = (asked is { } wish ? Shorter(wish, now + _longest) : default, 0);
        var fresh = answer.StatusCode == HttpStatusCode.TooManyRequests && asked is null ? reset ?? now + _usual : IsNearlyUsedUp(answer) ? reset : null;
        if (fresh is { } end)
        {
            _accounts[(host.Authority, account)] = Shorter(end, now + _longest);
        }
        else
        {
            _accounts.TryRemove((host.Authority, account), out _);
        }
    }

    /// <summary>Takes note of no answer, or one that says that the server is ill.</summary>
    public void Fail(Uri host)
    {
        var failures = _hosts.GetValueOrDefault(host.Authority).Failures + 1;
        var pause = TimeSpan.FromSeconds(Math.Min(_longest.TotalSeconds, _first.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 12))));
        _hosts[host.Authority] = (time.GetUtcNow() + pause, failures);
    }

    private static DateTimeOffset Shorter(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static bool IsNearlyUsedUp(HttpResponseMessage answer) =>
        Number(answer, "X-RateLimit-Limit") is { } limit && Number(answer, "X-RateLimit-Remaining") is { } left && left * 10 <= limit;

    private static long? Number(HttpResponseMessage answer, string header) =>
        Text(answer, header) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? values.First() : null;
}
