using CustomerContext.Domain;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Codes;

/// <summary>
/// How often codes go to one address, whoever wants them sent: made-up customers could fill somebody's inbox otherwise. Whoever asks too often is answered as always. Kept in memory, for each
/// silo apart.
/// </summary>
internal sealed class CodePauses(TimeProvider time)
{
    private readonly BoundedCache<string, Sent> _sent = new(Limits.Identifiers.AddressesRemembered);

    private sealed record Sent(DateTimeOffset At, int Day, int Count);

    /// <summary>True if a code may go to the identity <paramref name="key"/> now; then it counts as sent.</summary>
    public bool TryTake(string key)
    {
        var now = time.GetUtcNow();
        var day = RetentionRules.DayOf(now);
        lock (_sent)
        {
            var before = _sent.TryGet(key, out var known) ? known : new Sent(DateTimeOffset.MinValue, day, 0);
            var today = before.Day == day ? before.Count : 0;
            if (now - before.At < Limits.Identifiers.CodePause || today >= Limits.Identifiers.CodesPerDay)
            {
                return false;
            }

            _sent.Set(key, new Sent(now, day, today + 1));
            return true;
        }
    }
}
