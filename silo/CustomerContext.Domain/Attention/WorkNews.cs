namespace CustomerContext.Domain.Attention;

/// <summary>What a company is told of its work without asking. Each at most once of each piece of work. The values are stored.</summary>
[Flags]
public enum WorkNewsKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its time is nearly over, or over.</summary>
    Due = 1,

    /// <summary>It is in the queue of what is escalated: by its time, or because somebody handed it up.</summary>
    Escalated = 2,

    /// <summary>Somebody completed it.</summary>
    Done = 4,
}

/// <summary>One thing that a company is told of its work. It names nobody.</summary>
/// <param name="Work">The work.</param>
/// <param name="Kind">One of the kinds: what became of it.</param>
/// <param name="At">When.</param>
public sealed record WorkNews(Work Work, WorkNewsKinds Kind, DateTimeOffset At)
{
    /// <summary>True if the work was in the queue of what is escalated then.</summary>
    public bool IsEscalated => Work.IsEscalated(At);
}

/// <summary>
/// Which news there are of work. They follow from the work and the time, so they are as durable as the work is, and leave with it: nothing is told of what was taken back, or waits no more. Only how
/// somebody ended it is kept until it is told.
/// </summary>
public static class WorkNewsRules
{
    /// <summary>What became of <paramref name="work"/> until <paramref name="now"/>, oldest first. What comes after its end is none.</summary>
    public static IEnumerable<WorkNews> Of(Work work, DateTimeOffset now)
    {
        var end = work.EndedAt ?? now;
        WorkNews?[] all =
        [
            News(WorkNewsKinds.Due, work.Deadline?.Notice ?? work.Deadline?.Due),
            News(WorkNewsKinds.Escalated, Earlier(work.HandedUpAt, work.Deadline?.Escalation)),
            News(WorkNewsKinds.Done, work.EndedAt),
        ];
        return all.OfType<WorkNews>().Where(news => news.At <= end && news.At <= now).OrderBy(news => news.At).ThenBy(news => news.Kind);

        WorkNews? News(WorkNewsKinds kind, DateTimeOffset? at) => at is { } time ? new WorkNews(work, kind, time) : null;
    }

    /// <summary>
    /// Work that comes into the queue, or back, because consent has changed: what became of it before is not told. Else a company would hear of it at the moment at which it hears of the grant, and so learn whose
    /// it is without claiming it.
    /// </summary>
    public static Work WithoutPast(Work work, DateTimeOffset now) => work with { Told = Of(work, now).Aggregate(work.Told, (told, news) => told | news.Kind) };

    /// <summary>What is to be told of a part of a queue, oldest first, at most <paramref name="most"/>; of one piece of work in its order.</summary>
    /// <param name="shard">The part.</param>
    /// <param name="wants">Whether the company is to be told of it.</param>
    /// <param name="now">The instant that counts.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<WorkNews> Untold(WorkShard shard, Func<WorkNews, bool> wants, DateTimeOffset now, int most) =>
    [
        .. Told(shard, wants, now).Where(news => !HasLapsed(news, now)).OrderBy(news => news.At).ThenBy(news => news.Work.Id, StringComparer.Ordinal).ThenBy(news => news.Kind).Take(most),
    ];

    /// <summary>What was not told, and is not tried any more since an instant after <paramref name="from"/>.</summary>
    public static IEnumerable<WorkNews> Lapsed(WorkShard shard, Func<WorkNews, bool> wants, DateTimeOffset from, DateTimeOffset now) =>
        Told(shard, wants, now).Where(news => HasLapsed(news, now) && !HasLapsed(news, from));

    /// <summary>True if <paramref name="shard"/> still has the news, untold.</summary>
    public static bool Holds(WorkShard shard, WorkNews news, DateTimeOffset now) =>
        shard.Find(news.Work.Id) is { } work && IsTold(work, now) && Of(work, now).Any(one => one.Kind == news.Kind && one.At == news.At && !work.Told.HasFlag(one.Kind));

    /// <summary>The part after these were told. What was kept for that alone goes, also what is not tried any more.</summary>
    public static WorkShard After(WorkShard shard, IReadOnlyCollection<WorkNews> told, DateTimeOffset now)
    {
        var kinds = told.GroupBy(news => news.Work.Id, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Aggregate(WorkNewsKinds.None, (all, news) => all | news.Kind), StringComparer.Ordinal);
        var works = shard.Works.Select(work => kinds.TryGetValue(work.Id, out var more) && !work.Told.HasFlag(more) ? work with { Told = work.Told | more } : work).ToArray();
        var left = works.Where(work => !work.IsGone || IsEndUntold(work, now)).ToArray();
        return left.SequenceEqual(shard.Works, ReferenceEqualityComparer.Instance) ? shard : new WorkShard([.. left]);
    }

    /// <summary>The part as it is when what came about since <paramref name="from"/> was not told, and how much that is. What has left the part is not told again.</summary>
    public static (WorkShard Shard, int Count) Again(WorkShard shard, Func<WorkNews, bool> wants, DateTimeOffset from, DateTimeOffset now)
    {
        var again = shard.Works.Where(work => IsTold(work, now) && !work.IsGone)
            .Select(work => (work.Id, Kinds: Of(work, now).Where(news => news.At >= from && !HasLapsed(news, now) && work.Told.HasFlag(news.Kind) && wants(news)).Select(news => news.Kind).ToArray()))
            .Where(one => one.Kinds.Length > 0)
            .ToDictionary(one => one.Id, one => one.Kinds, StringComparer.Ordinal);
        return again.Count == 0
            ? (shard, 0)
            : (new WorkShard([.. shard.Works.Select(work => again.TryGetValue(work.Id, out var kinds) ? work with { Told = kinds.Aggregate(work.Told, (told, kind) => told & ~kind) } : work)]), again.Values.Sum(kinds => kinds.Length));
    }

    /// <summary>True if the company can still be told how it ended.</summary>
    public static bool IsEndUntold(Work work, DateTimeOffset now) => work.EndedAt is { } end && !work.Told.HasFlag(WorkNewsKinds.Done) && now < end + Limits.News.Longest;

    private static IEnumerable<WorkNews> Told(WorkShard shard, Func<WorkNews, bool> wants, DateTimeOffset now) =>
        shard.Works.Where(work => IsTold(work, now)).SelectMany(work => Of(work, now).Where(news => !work.Told.HasFlag(news.Kind) && wants(news)));

    /// <summary>Only of what the company may still claim, or ended.</summary>
    private static bool IsTold(Work work, DateTimeOffset now) => work.IsGranted(now) && !work.IsGivenUp(now);

    private static bool HasLapsed(WorkNews news, DateTimeOffset now) => now >= news.At + Limits.News.Longest;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;
}
