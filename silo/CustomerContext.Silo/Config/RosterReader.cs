using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Silo.Config;

/// <summary>The roster of one tenant, checked.</summary>
/// <param name="errors">Takes what is wrong.</param>
/// <param name="key">Where the roster stands.</param>
internal sealed class RosterReader(ConfigErrors errors, string key)
{
    private static readonly Dictionary<string, RosterKind> _kinds = new() { ["employee"] = RosterKind.Employee, ["partner"] = RosterKind.Partner };

    /// <summary>What the options say.</summary>
    public Roster Read(IReadOnlyList<RosterOptions> options)
    {
        if (options.Count > Limits.Attention.Roster)
        {
            errors.Add(key, $"must be at most {Limits.Attention.Roster}");
        }

        return new Roster([.. options.Select((entry, i) => Read(entry, $"{key}:{i}"))]);
    }

    private RosterEntry Read(RosterOptions entry, string at)
    {
        Words(entry.Name, 1, $"{at}:Name");
        Words(entry.Reach, 0, $"{at}:Reach");
        if (!_kinds.TryGetValue(entry.Kind, out var kind))
        {
            errors.Add($"{at}:Kind", "must be employee or partner");
        }

        errors.Within(entry.Topics.Count, 1, Limits.Attention.RosterTopics, $"{at}:Topics");
        for (var i = 0; i < entry.Topics.Count; i++)
        {
            if (TopicName.Normalise(entry.Topics[i]).Length is 0 or > Limits.Signals.TopicCharacters)
            {
                errors.Add($"{at}:Topics:{i}", $"must be 1 to {Limits.Signals.TopicCharacters} characters");
            }
        }

        return new RosterEntry(entry.Name, kind, entry.Reach, [.. entry.Topics.Select(TopicName.Normalise).Distinct()]);
    }

    private void Words(string text, int least, string at)
    {
        if (text.Length < least || text.Length > Limits.Attention.RosterCharacters || text.Any(char.IsControl))
        {
            errors.Add(at, $"must be {least} to {Limits.Attention.RosterCharacters} characters, none of them a control character");
        }
    }
}
