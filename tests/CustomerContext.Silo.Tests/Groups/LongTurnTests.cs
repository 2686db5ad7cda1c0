using System.Globalization;
using System.Text.RegularExpressions;
using CustomerContext.Domain.Groups;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Tests.Background;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Xunit.Abstractions;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>
/// How long a turn of a grain lasts, and how long the thread pool stands still, while a tribe is built. Every write of a shard bears all its members, so both grow with the members and not
/// with what has changed; that is known until the store is made anew. This trial reports the longest of each and holds it to a bound that grows as the members do and is far above it, so that
/// it cannot grow unnoticed.
/// </summary>
/// <remarks>CC_TRIBE_MEMBERS says how many members; 200,000 are the large tribe of the benchmarks.</remarks>
public sealed partial class LongTurnTests(ITestOutputHelper output) : IDisposable
{
    private const string Name = "large";
    private const int AtOnce = 20_000;

    private static readonly TimeSpan _reportedFrom = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(10);

    /// <summary>3 s were seen with 200,000 members on two cores (2026-11-28). The bound is three times that for each member, and what a busy machine adds.</summary>
    private static TimeSpan Bound(int members) => TimeSpan.FromSeconds(1) + TimeSpan.FromMilliseconds(0.05 * members);

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Put_TribeOfManyMembers_LongestTurnWithinItsBound()
    {
        var members = Trials.Count("CC_TRIBE_MEMBERS", 20_000);
        var log = new LogLines();
        await using var silo = await GroupSilo.Start(_data.Path, TimeProvider.System, services =>
        {
            log.Wrap(services);
            services.Configure<SchedulingOptions>(options => options.TurnWarningLengthThreshold = _reportedFrom);
        });
        var begun = TimeProvider.System.GetTimestamp();
        using var isBuilt = new CancellationTokenSource();
        var standstill = LongestStandstill(isBuilt.Token);

        await Parallel.ForAsync(0, members, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (member, _) => await Join(silo.Grains, member));

        await isBuilt.CancelAsync();
        var turns = log.With("took elapsed time").Select(line => Elapsed().Match(line)).Where(turn => turn.Success)
            .Select(turn => (Grain: turn.Groups["grain"].Value, Length: TimeSpan.Parse(turn.Groups["length"].Value, CultureInfo.InvariantCulture)))
            .OrderByDescending(turn => turn.Length)
            .ToArray();
        output.WriteLine($"{members:N0} members in {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:F1} s; turns of {_reportedFrom.TotalMilliseconds} ms and more: {turns.Length}; the longest:");
        Array.ForEach(turns[..Math.Min(turns.Length, 5)], turn => output.WriteLine($"{turn.Length.TotalMilliseconds:F0} ms in {turn.Grain}"));
        output.WriteLine($"the thread pool stood still for at most {(await standstill).TotalMilliseconds:F0} ms");
        Assert.NotEmpty(turns);
        Assert.True(turns[0].Length < Bound(members), $"A turn of {turns[0].Grain} took {turns[0].Length}.");
        Assert.True(await standstill < Bound(members), $"The thread pool stood still for {await standstill}.");
    }

    /// <summary>How long something that is due waits for a thread at most, until it is told to end.</summary>
    private static async Task<TimeSpan> LongestStandstill(CancellationToken end)
    {
        using var timer = new PeriodicTimer(_beat);
        var longest = TimeSpan.Zero;
        var last = TimeProvider.System.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                var since = TimeProvider.System.GetElapsedTime(last) - _beat;
                longest = since > longest ? since : longest;
                last = TimeProvider.System.GetTimestamp();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        return longest;
    }

    /// <summary>As a customer's grain does it: to another shard if the one has no room.</summary>
    private static async Task Join(IGrainFactory grains, int member)
    {
        var group = GroupId.Tribe(Name, new Audience("service.support"));
        var tribe = grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group));
        var now = TimeProvider.System.GetUtcNow();
        var contribution = new Contribution(
            new Pseudonym((ulong)member * 0x9E37_79B9_7F4A_7C15, (ulong)member),
            new ContributionVersion(1, 1),
            member % 50,
            null,
            0,
            default,
            now.AddDays(-30).ToUnixTimeSeconds(),
            now.AddDays(20).ToUnixTimeSeconds(),
            now.AddDays(7).ToUnixTimeSeconds(),
            [new ContributedTopic($"topic-{member % 50}", member % 50)]);
        var shard = await tribe.Place(null);
        while (!await grains.GetGrain<ITribeShardGrain>(TribeKeys.Shard(group, shard)).Put(contribution))
        {
            shard = await tribe.Place(shard);
        }
    }

    [GeneratedRegex(@"in WorkGroup (?<grain>.*?) took elapsed time (?<length>[\d:.]+)")]
    private static partial Regex Elapsed();
}
