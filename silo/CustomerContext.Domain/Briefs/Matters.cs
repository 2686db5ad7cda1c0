using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using CustomerContext.Domain.Topics;

namespace CustomerContext.Domain.Briefs;

/// <summary>Which topics are worth a place in a brief: those that name a thing or a matter.</summary>
internal static class Matters
{
    private static readonly FrozenSet<string> _waiting = Read("waiting-topics.txt");

    private static readonly FrozenSet<string> _services = Read("service-topics.txt");

    private static readonly FrozenSet<string> _general =
        TopicVocabulary.Shared.Topics.Where((_, number) => TopicVocabulary.Shared.IsGeneral((ushort)number)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The topics that only say what waits, ordinal.</summary>
    public static ImmutableArray<string> Waiting { get; } = [.. _waiting.Order(StringComparer.Ordinal)];

    /// <summary>The topics that name what is done or agreed, and no thing that could break; ordinal.</summary>
    public static ImmutableArray<string> Services { get; } = [.. _services.Order(StringComparer.Ordinal)];

    /// <summary>True if a topic names what is done or agreed: with it "broken" is said of something else.</summary>
    public static bool IsService(string topic) => _services.Contains(topic);

    /// <summary>True if a topic names a thing or a matter.</summary>
    public static bool IsMatter(string topic) => !_waiting.Contains(topic);

    /// <summary>What some topics that were named together are about: the first that says most; absent if none names anything.</summary>
    public static string? Of(IEnumerable<string> topics)
    {
        var general = default(string);
        foreach (var topic in topics)
        {
            if (!IsMatter(topic))
            {
                continue;
            }

            if (!IsGeneral(topic))
            {
                return topic;
            }

            general ??= topic;
        }

        return general;
    }

    /// <summary>True if a topic says little alone.</summary>
    public static bool IsGeneral(string topic) => _general.Contains(topic);

    /// <summary>What else was said of a matter, by the topics that were named with it: what says most, absent if nothing. A matter that says little alone says nothing of another.</summary>
    public static string? Detail(string matter, IEnumerable<string> topics) =>
        topics.Where(topic => topic != matter && !(IsMatter(topic) && IsGeneral(topic))).OrderBy(IsPlainWaiting).ThenBy(IsGeneral).FirstOrDefault();

    /// <summary>True if a topic says no more than that a question waits.</summary>
    public static bool IsPlainWaiting(string topic) => topic is "answer" or "waiting";

    private static FrozenSet<string> Read(string file)
    {
        using var reader = new StreamReader(typeof(Matters).Assembly.GetManifestResourceStream(typeof(Matters), file)!, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).ToFrozenSet(StringComparer.Ordinal);
    }
}
