using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using CustomerContext.Testing.Attention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit.Abstractions;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>
/// Generated conversations, told hour by hour to a silo that crashes now and then: what is due, overdue and escalated in the company's queue is at every hour what the model says. CC_CONVERSATIONS: how
/// many; CC_QUEUE_CRASHES: how often it crashes.
/// </summary>
public sealed class LiveQueueTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int AtOnce = 64;

    /// <summary>Hours: ten days.</summary>
    private const int MostAreToldWithin = 240;

    private static readonly int _count = Trials.Count("CC_CONVERSATIONS", 60);
    private static readonly int _crashes = Trials.Count("CC_QUEUE_CRASHES", 4);

    private static readonly TenantId _acme = new("acme");
    private static readonly SourceId _chat = SourceId.Of(_acme, "chat");
    private static readonly Purpose _support = new("service.support");

    private readonly TempFolder _data = new();
    private readonly JumpingTime _calendar = new();
    private readonly CutStore _store = new();
    private readonly Random _random = new(Trials.Seed);
    private GroupSilo _silo = null!;
    private int _lost;

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task List_AtEveryHourWithCrashesInBetween_IsWhatTheModelSays()
    {
        await Start();
        var begin = _calendar.GetUtcNow();
        var conversations = Enumerable.Range(0, _count).ToDictionary(number => new CustomerKey($"{number:x32}"), number => GeneratedConversation.Make(_random, _chat, $"talk {number}", begin));
        await Do([.. conversations.Select(one => (Func<Task>)(() => Make(one.Key, one.Value.Tier)))]);
        var (planned, compared, seen) = (0, 0, new HashSet<string>());
        for (var hour = 1; hour <= GeneratedConversation.Hours; hour++)
        {
            var (from, now) = (_calendar.GetUtcNow(), begin.AddHours(hour));
            _calendar.JumpTo(now);
            var calls = conversations
                .SelectMany(one => one.Value.Turns.Where(turn => turn.OccurredAt > from && turn.OccurredAt <= now).Select(turn => (Func<Task>)(() => _silo.Publish(one.Key, new ScoredSignal(turn, null)))))
                .ToArray();
            if (calls.Length > 0 && planned < _crashes && hour > planned * MostAreToldWithin / _crashes)
            {
                _store.CutAfter(_random.Next(2 * calls.Length), _random.Next(2) == 0);
                planned++;
            }

            await Do(calls);
            var (listed, expected) = (await Listed(), conversations.SelectMany(one => one.Value.WaitingAt(now).Where(item => item.IsWork).Select(item => $"{one.Key} {item.Text}")).Order(StringComparer.Ordinal).ToArray());
            Assert.True(expected.SequenceEqual(listed), $"hour {hour}: {string.Join(", ", listed.Except(expected))} too many, {string.Join(", ", expected.Except(listed))} missing");
            compared += expected.Length;
            seen.UnionWith(expected.Select(item => item[(item.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        }

        Assert.NotEqual(0, _lost);
        Assert.Contains("Question Escalated", seen);
        output.WriteLine($"{_count} conversations, {GeneratedConversation.Hours} hours, {_lost} silos lost: {compared} works compared, of {seen.Count} kinds and stages");
    }

    private async Task Start() => _silo = await GroupSilo.Start(_data.Path, _calendar, services =>
    {
        _store.Wrap(services);
        services.Replace(ServiceDescriptor.Singleton(GeneratedConversation.Times));
    });

    /// <summary>A customer who grants acme what waits.</summary>
    private async Task Make(CustomerKey customer, string? tier)
    {
        var grain = _silo.Customer(customer);
        Assert.True((await grain.SetPreferences(new SetPreferences("p", Preferences.Off with { OfAge = true, Collect = SourceScope.Of([_acme], []) }))).IsOk);
        var terms = new GrantTerms([_support], FacetSet.Of(Facet.Attention), SourceScope.None, null, null, GrantWhen.AnyTime, IncludeEarlier: true);
        Assert.True((await grain.CreateGrant(new CreateGrant("g", _acme, terms))).IsOk);
        if (tier is not null)
        {
            var trait = new TraitSignal { Id = "tier", Source = _chat, OccurredAt = _calendar.GetUtcNow(), Name = TraitName.SupportTier, Value = tier };
            await _silo.Publish(customer, new ScoredSignal(trait, null));
        }
    }

    /// <summary>Does all of it. If the store is cut off meanwhile, the silo is lost, and what was not answered is done again at the next.</summary>
    private async Task Do(Func<Task>[] calls)
    {
        for (var left = calls; left.Length > 0;)
        {
            var answered = new bool[left.Length];
            await Parallel.ForAsync(0, left.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (at, _) => answered[at] = await IsAnswered(left[at]));
            left = [.. left.Where((_, at) => !answered[at])];
            await (_store.IsCut ? Restart() : Task.CompletedTask);
        }
    }

    private async Task Restart()
    {
        await _silo.DisposeAsync();
        _lost++;
        _store.Mend();
        await Start();
    }

    private async Task<bool> IsAnswered(Func<Task> call)
    {
        try
        {
            await GroupSilo.Surely(() => _store.IsCut ? Task.FromException(new OperationCanceledException()) : call());
            return true;
        }
        catch (Exception) when (_store.IsCut)
        {
            return false;
        }
    }

    private async Task<string[]> Listed()
    {
        var now = _calendar.GetUtcNow();
        var parts = await Task.WhenAll(WorkIds.QueuesOf(_acme).Select(key => _silo.Grains.GetGrain<IWorkQueueGrain>(key).List(new WorkFilter(_support, [], null), null, int.MaxValue)));
        return [.. parts.SelectMany(works => works).Select(work => $"{work.Customer} {work.Kind} {work.StageAt(now)}").Order(StringComparer.Ordinal)];
    }
}
