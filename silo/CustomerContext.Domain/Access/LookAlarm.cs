using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Access;

/// <summary>What an operator should look into.</summary>
public enum LookAlarm
{
    /// <summary>An actor looks at many people, far more than it has interactions.</summary>
    ManyPeople = 1,

    /// <summary>An actor looks at one person over and over.</summary>
    OnePerson,

    /// <summary>More actors of a tenant look than can be watched: what the others do is not seen.</summary>
    ManyActors,
}

/// <summary>
/// Counts at which customers one actor looked, hour by hour, and in how many interactions. That is enough to notice an actor who looks at many people, or often at one of them. Refused looks
/// count like any other. Not safe for use from several threads.
/// </summary>
/// <param name="role">Programs look more often than people.</param>
public sealed class ActorLooks(ActorRole role)
{
    private readonly Dictionary<ulong, int> _people = [];
    private readonly HashSet<string> _interactions = new(StringComparer.Ordinal);
    private readonly HashSet<LookAlarm> _raised = [];
    private DateTimeOffset _hour = DateTimeOffset.MinValue;

    private int ManyPeople => role == ActorRole.Person ? Limits.Alarms.PeopleOfPerson : Limits.Alarms.PeopleOfService;

    private int OnePerson => role == ActorRole.Person ? Limits.Alarms.LooksOfPerson : Limits.Alarms.LooksOfService;

    /// <summary>Counts a look.</summary>
    /// <param name="person">Stands for the customer, or for nobody in particular if there is none.</param>
    /// <param name="interaction">The call, case or chat; absent if none was named.</param>
    /// <param name="now">When.</param>
    /// <returns>What is reached with this look; each kind once an hour. Absent: nothing.</returns>
    public LookAlarm? Count(ulong person, string? interaction, DateTimeOffset now)
    {
        if (now - _hour >= Limits.Alarms.Window)
        {
            Forget(now);
        }

        if (interaction is not null && _interactions.Count < Limits.Alarms.InteractionsKept)
        {
            _interactions.Add(interaction);
        }

        // Once the alarm is due no further customer is stored. That bounds the memory that one actor can use.
        var looks = _people.GetValueOrDefault(person) + 1;
        if (looks > 1 || _people.Count - _interactions.Count <= ManyPeople)
        {
            _people[person] = looks;
        }

        return looks > OnePerson && _raised.Add(LookAlarm.OnePerson) ? LookAlarm.OnePerson
            : _people.Count - _interactions.Count > ManyPeople && _raised.Add(LookAlarm.ManyPeople) ? LookAlarm.ManyPeople
            : null;
    }

    private void Forget(DateTimeOffset now)
    {
        _people.Clear();
        _interactions.Clear();
        _raised.Clear();
        _hour = now;
    }
}
