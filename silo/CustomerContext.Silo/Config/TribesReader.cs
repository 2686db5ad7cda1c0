using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Silo.Config;

/// <summary>Reads the tribes, and notes everything that is wrong with them.</summary>
internal sealed class TribesReader(ConfigErrors errors)
{
    /// <summary>The tribes of <paramref name="options"/>.</summary>
    public TribeDirectory Read(IReadOnlyList<TribeOptions> options)
    {
        errors.Within(options.Count, 0, Limits.Shards.Configured, "Tribes");
        var tribes = new Dictionary<TribeId, TribeInfo>();
        for (var i = 0; i < options.Count; i++)
        {
            var (key, tribe) = ($"Tribes:{i}", options[i]);
            if (TribeId.RuleBroken(tribe.Id) is { } rule)
            {
                errors.Add($"{key}:Id", $"must be {rule}");
            }

            var name = tribe.Name ?? tribe.Id;
            if (TextRules.Check(name, "", Limits.Ties.TribeNameCharacters) is { } broken)
            {
                errors.Add($"{key}:Name", broken.Rule!);
            }

            var topics = tribe.Topics.Select(TopicName.Normalise).ToImmutableArray();
            if (topics.Length > Limits.Ties.TribeTopics || topics.Any(topic => topic.Length is 0 or > Limits.Signals.TopicCharacters))
            {
                errors.Add($"{key}:Topics", $"must be at most {Limits.Ties.TribeTopics} of 1 to {Limits.Signals.TopicCharacters} characters");
            }

            if (!tribes.TryAdd(new TribeId(tribe.Id), new TribeInfo(new TribeId(tribe.Id), name, topics)))
            {
                errors.Add($"{key}:Id", "is there twice");
            }
        }

        return new TribeDirectory(tribes.Values);
    }
}
