using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Help;

/// <summary>Builders: signals about pages, readers.</summary>
internal static class Given
{
    public static TenantId Acme { get; } = new("acme");

    public static DateTimeOffset Noon => Customers.Given.Noon;

    public static ScoredSignal Read(
        string id, DateTimeOffset at, BehaviourAction action = BehaviourAction.Dwell, string page = "reset", SourceId? source = null, params string[] topics) => new(
        new BehaviourSignal
        {
            Id = id,
            Source = source ?? new SourceId("acme/web"),
            OccurredAt = at,
            Resource = $"https://help.example.org/{page}?who=me",
            Action = action,
            Topics = topics.Length == 0 ? ["router"] : [.. topics],
            Page = new KeptPage(Acme, $"https://help.example.org/{page}"),
        },
        null);

    public static CustomerState State(params IEnumerable<ScoredSignal> signals) => Customers.Given.State(signals);

    /// <summary>What helped, as "topic page".</summary>
    public static string[] Helped(CustomerState state, DateTimeOffset now) =>
        [.. ReadingRules.Of(state, now).SelectMany(reading => reading.Helped).Select(one => $"{one.Topic} {one.Address.Split('/')[^1]}")];

    public static ConsentState Consent(long epoch, bool contributes) =>
        ConsentState.None with { Epoch = epoch, Preferences = Preferences.Off with { OfAge = true, ContributeReading = contributes } };

    /// <summary>A group of readers: so many of each (topic, page).</summary>
    public static GroupMembers Readers(params (string Topic, string Page, int Count)[] pages)
    {
        var readers = pages.SelectMany(page => Enumerable.Repeat(new HelpedWith(page.Topic, page.Page).Key, page.Count));
        return GroupRules.Apply(GroupMembers.Empty, readers.Select((key, i) => Reader(i, key)), [], Noon, int.MaxValue).Members;
    }

    public static Contribution Reader(int number, params string[] keys) => ContributionRules.Make(
        new SentContribution(new Voice(null, null, 0, Stratum.Silent, 0, [.. keys.Select(key => new ContributedTopic(key, 0))], long.MaxValue), long.MaxValue),
        new Pseudonym((ulong)number, 1),
        new ContributionVersion(1, 1),
        Noon);

    public static ReadersRelease? Release(GroupMembers readers, ulong seed, ReadersRelease? before = null) =>
        ReadersReleaseRules.Release(before, GroupSums.Of(readers, Noon), new ReleaseSeed(seed, 7), Noon);
}
