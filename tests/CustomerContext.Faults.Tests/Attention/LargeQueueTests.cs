using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Attention;

/// <summary>
/// CC_WORKS pieces of work of one company at one silo: listed page by page, claimed by a thousand actors at once while customers take theirs back. The figures are in the test's output.
/// </summary>
public sealed class LargeQueueTests(ITestOutputHelper output) : IDisposable
{
    private const int Claimers = 1_000;
    private const int Contested = 10;
    private const int Lists = 300;

    /// <summary>Pieces of work in the short form.</summary>
    private const int Short = 2_000;

    private static readonly int _works = Trials.Count("CC_WORKS", Short);

    private static readonly ListWorkRequest[] _filters =
    [
        new(),
        new() { PageSize = 500 },
        new() { Kinds = { AttentionKind.UnansweredQuestion } },
        new() { Kinds = { AttentionKind.Idea, AttentionKind.Promise } },
        new() { Queue = WorkQueue.First },
        new() { Queue = WorkQueue.Escalated, PageSize = 500 },
    ];

    private readonly TempFolder _data = new();

    [Fact]
    public Task Queue_OfManyWorksOnSqlite_OneGetsEachAndWhatIsTakenBackIsGoneAndInTheLongFormAClaimLapses() => Play(seesItLapse: _works > Short);

    [Fact]
    public async Task Queue_OfManyWorksOnRedis_OneGetsEachAndWhatIsTakenBackIsGone()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await Play(seesItLapse: false, "--redis", redis.EndPoint);
    }

    public void Dispose() => _data.Dispose();

    /// <param name="seesItLapse">Whether to wait for the shortest claim to lapse, which takes a minute.</param>
    /// <param name="arguments">More of the silo's command line.</param>
    private async Task Play(bool seesItLapse, params string[] arguments)
    {
        await using var silo = await SiloProcess.Start(_data.Path, arguments);
        using var queue = new LargeQueue(silo);
        var begun = Stopwatch.GetTimestamp();
        await queue.Make(_works / LargeQueue.OfCustomer);
        output.WriteLine($"{_works} works of {_works / LargeQueue.OfCustomer} customers told in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s; the silo takes {silo.Memory / 1e6:0} MB");
        var (all, tokens) = await queue.Pages(WorkQueue.Unspecified);
        await IsWholeAndInOrder(queue, all);
        var lapses = await Claim(queue, "ada", all[^1]);
        await Time(queue, tokens);

        // In the middle of it the customers of the first works take them back, each once somebody has theirs.
        var claimed = await Contest(queue, all[..Contested]);
        var contested = all[Contested..(2 * Contested)];
        var second = Contest(queue, contested);
        var gone = await TakeBack(queue, claimed);
        var winners = await second;
        var kept = winners.Count(claim => !gone.Contains(claim.Item.ConversationId.Split(' ')[0]));
        var left = (await queue.Pages(WorkQueue.Unspecified)).Works;
        Assert.Equal(_works - (LargeQueue.OfCustomer * gone.Count), left.Count);

        // Whose customer took nothing back was claimed, once.
        var won = winners.Select(claim => claim.Work.WorkId).ToHashSet();
        Assert.All(contested.Where(work => left.Any(one => one.WorkId == work.WorkId)), work => Assert.Contains(work.WorkId, won));
        Assert.Equal(kept, left.Count(work => work.State == WorkState.Claimed && work.WorkId != lapses.Work.WorkId));
        await (seesItLapse ? Lapses(queue, lapses) : Task.CompletedTask);
    }

    private static async Task IsWholeAndInOrder(LargeQueue queue, List<Work> all)
    {
        Assert.Equal(_works, all.Select(work => work.WorkId).Distinct().Count());
        Assert.Equal(_works, all.Count);
        Assert.Equal(all.OrderBy(Place).ThenBy(work => work.WorkId, StringComparer.Ordinal), all);
        foreach (var kind in all.Select(work => work.Kind).Distinct())
        {
            Assert.Equal(all.Where(work => work.Kind == kind), (await queue.Pages(WorkQueue.Unspecified, kind)).Works);
        }

        Assert.Equal(all.Where(work => work.Escalated), (await queue.Pages(WorkQueue.Escalated)).Works);
        Assert.Equal(all.Where(work => !work.Escalated), (await queue.Pages(WorkQueue.First)).Works);

        static (bool Waits, Timestamp At) Place(Work work) =>
            work.Stage is AttentionStage.Overdue or AttentionStage.Escalated ? (false, work.DueTime) : (true, work.SinceTime);
    }

    /// <summary>Lists pages of every filter, from the first to the last, one after the other.</summary>
    private async Task Time(LargeQueue queue, List<string> tokens)
    {
        var (random, options, times) = (new Random(Trials.Seed), queue.As("ada"), new List<double>());
        for (var i = 0; i < Lists; i++)
        {
            var request = new ListWorkRequest(_filters[i % _filters.Length]) { Purpose = Requests.Purpose, PageToken = tokens[random.Next(tokens.Count)] };
            var begun = Stopwatch.GetTimestamp();
            await queue.List(request, options);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"{Lists} lists: p50 {times[Lists / 2]:0.0} ms, p99 {times[Lists * 99 / 100]:0.0} ms, longest {times[^1]:0.0} ms");
    }

    /// <summary>A thousand actors claim each of these at once. One gets it, all others are told that somebody has it.</summary>
    private async Task<List<ClaimWorkResponse>> Contest(LargeQueue queue, List<Work> works)
    {
        var begun = Stopwatch.GetTimestamp();
        var claims = await Task.WhenAll(Enumerable.Range(0, Claimers).Select(async number =>
        {
            var options = queue.As($"claimer-{number}");
            var won = new List<ClaimWorkResponse>();
            for (var i = 0; i < works.Count; i++)
            {
                try
                {
                    won.Add(await queue.Work.ClaimWorkAsync(RequestOf(works[(number + i) % works.Count]), options));
                }
                catch (RpcException refused) when (refused.StatusCode == StatusCode.Aborted)
                {
                    await Refusals.Refused(StatusCode.Aborted, ErrorReason.VersionMismatch, () => Task.FromException(refused));
                }
                catch (RpcException refused) when (refused.StatusCode == StatusCode.NotFound)
                {
                    // Taken back meanwhile.
                }
            }

            return won;
        }));
        var took = Stopwatch.GetElapsedTime(begun);
        var all = claims.SelectMany(won => won).ToList();
        Assert.Equal(all.Count, all.Select(claim => claim.Work.WorkId).Distinct().Count());
        output.WriteLine($"{Claimers} actors claim {works.Count} works, {Claimers * works.Count / took.TotalSeconds:0} claims a second; {all.Count} got one each");
        return all;
    }

    /// <summary>The customers of what was claimed take it back: when a revoke returns nobody has it and nobody gets it. Who they are.</summary>
    private static async Task<HashSet<string>> TakeBack(LargeQueue queue, List<ClaimWorkResponse> claimed)
    {
        Assert.Equal(Contested, claimed.Count);
        foreach (var claim in claimed)
        {
            await queue.Revoke(claim.Item.ConversationId);
            await Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, () => queue.Work.ClaimWorkAsync(RequestOf(claim.Work), queue.As("ben")).ResponseAsync);
        }

        return [.. claimed.Select(claim => claim.Item.ConversationId.Split(' ')[0])];
    }

    /// <summary>A claim that nobody prolongs is somebody else's as soon as its time is over, and not before.</summary>
    private static async Task Lapses(LargeQueue queue, ClaimWorkResponse claim)
    {
        using var tries = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            var began = TimeProvider.System.GetUtcNow();
            try
            {
                await Claim(queue, "ben", claim.Work);
                Assert.True(TimeProvider.System.GetUtcNow() >= claim.Work.ClaimUntilTime.ToDateTimeOffset());
                return;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.Aborted)
            {
                Assert.True(began < claim.Work.ClaimUntilTime.ToDateTimeOffset());
            }

            await tries.WaitForNextTickAsync();
        }
    }

    private static async Task<ClaimWorkResponse> Claim(LargeQueue queue, string actor, Work work)
    {
        var request = RequestOf(work);
        request.ClaimDuration = TimeSpan.FromMinutes(1).ToDuration();
        return await queue.Work.ClaimWorkAsync(request, queue.As(actor));
    }

    private static ClaimWorkRequest RequestOf(Work work) => new() { RequestId = Requests.NewId(), WorkId = work.WorkId, Purpose = Requests.Purpose, InteractionId = "shift-1" };
}
