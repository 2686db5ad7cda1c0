using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace CustomerContext.Connectors.Mastodon;

/// <summary>
/// Until when a server is left alone: as long as it asks (<c>Retry-After</c>), until its limit is fresh again (<c>X-RateLimit-Remaining</c>, <c>X-RateLimit-Reset</c>) once a tenth of it is left, which is the person's own
/// to use; and where it fails, longer each time.
/// </summary>
internal sealed class HostPauses(TimeProvider time)
{
    private static readonly TimeSpan _usual = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, int Failures)> _hosts = new();

    /// <summary>Until when <paramref name="host"/> is left alone; in the past: it is not.</summary>
    public DateTimeOffset Until(Uri host) => _hosts.GetValueOrDefault(host.Authority).Until;

    /// <summary>Passes if the host may be called.</summary>
    /// <exception cref="MastodonException">It is to be left alone.</exception>
    public void Check(Uri host)
    {
        if (Until(host) > time.GetUtcNow())
        {
            throw new MastodonException(HttpStatusCode.TooManyRequests);
        }
    }

    /// <summary>Takes note of what an answer says about limits.</summary>
    public void Note(Uri host, HttpResponseMessage answer)
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
        DateTimeOffset? until = asked ?? (answer.StatusCode == HttpStatusCode.TooManyRequests ? reset ?? now + _usual : IsNearlyUsedUp(answer) ? reset : null);
        _hosts[host.Authority] = (until is { } end ? (end > now + _longest ? now + _longest : end) : default, 0);
    }

    /// <summary>Takes note of no answer, or one that says that the server is ill.</summary>
    public void Fail(Uri host)
    {
        var failures = _hosts.GetValueOrDefault(host.Authority).Failures + 1;
        var pause = TimeSpan.FromSeconds(Math.Min(_longest.TotalSeconds, _first.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 12))));
        _hosts[host.Authority] = (time.GetUtcNow() + pause, failures);
    }

    private static bool IsNearlyUsedUp(HttpResponseMessage answer) =>
        Number(answer, "X-RateLimit-Limit") is { } limit && Number(answer, "X-RateLimit-Remaining") is { } left && left * 10 <= limit;

    private static long? Number(HttpResponseMessage answer, string header) =>
        Text(answer, header) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? values.First() : null;
}
