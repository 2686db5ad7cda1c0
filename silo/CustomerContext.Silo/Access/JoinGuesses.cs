using CustomerContext.Domain;
using CustomerContext.Silo.Api.Errors;
using Grpc.Core;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Wrong join codes: counted per browser session, which is refused after <see cref="Limits.Joins.GuessesPerSession"/>, and in all, which only slows answers down, since many people share the
/// address of a carrier. Kept in memory, for each silo apart.
/// </summary>
internal sealed class JoinGuesses(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly BoundedCache<string, (DateTimeOffset Since, int Count)> _sessions = new(Limits.Joins.Sessions);
    private long _minute;
    private int _inMinute;

    /// <summary>Lets a session try a code, at once or after a while.</summary>
    /// <exception cref="RpcException">It has tried too many wrong ones.</exception>
    public async Task Admit(string session, CancellationToken left)
    {
        bool isSlow;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_sessions.TryGet(session, out var known) && known.Count >= Limits.Joins.GuessesPerSession && known.Since + Limits.Joins.GuessWindow - now is { Ticks: > 0 } wait)
            {
                throw RpcErrors.RateLimited(wait);
            }

            isSlow = MinuteOf(now) == _minute && _inMinute >= Limits.Joins.GuessesInAll;
        }

        if (isSlow)
        {
            await Task.Delay(Limits.Joins.GuessDelay, time, left);
        }
    }

    /// <summary>The session tried a code that leads to nothing.</summary>
    public void Count(string session)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var goesOn = _sessions.TryGet(session, out var known) && now < known.Since + Limits.Joins.GuessWindow;
            _sessions.Set(session, goesOn ? (known.Since, known.Count + 1) : (now, 1));
            (_minute, _inMinute) = MinuteOf(now) is var minute && minute == _minute ? (minute, _inMinute + 1) : (minute, 1);
        }
    }

    private static long MinuteOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / 60;
}
