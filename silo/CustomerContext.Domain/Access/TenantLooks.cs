using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Access;

/// <summary>
/// Counts the looks of the actors of one tenant, each by themselves (<see cref="ActorLooks"/>). A tenant with very many actors uses up its own room only, and that it did is an alarm.
/// Not safe for use from several threads.
/// </summary>
public sealed class TenantLooks
{
    private readonly Dictionary<string, ActorLooks> _actors = new(StringComparer.Ordinal);
    private DateTimeOffset _begun = DateTimeOffset.MinValue;
    private bool _isFullTold;

    /// <summary>Counts a look.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="role">Whether that is a person.</param>
    /// <param name="person">Stands for the customer, as in <see cref="ActorLooks.Count"/>.</param>
    /// <param name="interaction">The call, case or chat; absent if none was named.</param>
    /// <param name="now">When.</param>
    /// <returns>What is reached with this look; absent: nothing.</returns>
    public LookAlarm? Count(string actor, ActorRole role, ulong person, string? interaction, DateTimeOffset now)
    {
        if (_actors.TryGetValue(actor, out var looks))
        {
            return looks.Count(person, interaction, now);
        }

        // All are forgotten when there is no room, but no sooner than after a window: else new actors would make room for what the old ones do.
        if (_actors.Count >= Limits.Alarms.ActorsPerTenant && now - _begun >= Limits.Alarms.Window)
        {
            _actors.Clear();
        }

        if (_actors.Count == 0)
        {
            (_begun, _isFullTold) = (now, false);
        }

        if (_actors.Count < Limits.Alarms.ActorsPerTenant)
        {
            return (_actors[actor] = new ActorLooks(role)).Count(person, interaction, now);
        }

        var isNews = !_isFullTold;
        _isFullTold = true;
        return isNews ? LookAlarm.ManyActors : null;
    }
}
