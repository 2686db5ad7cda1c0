using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Attention;

/// <summary>Keeps a part of a company's work; the rules are <see cref="WorkRules"/>.</summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes. A customer's grain may tell of their work while a claim looks at them.</remarks>
[Reentrant]
internal sealed class WorkQueueGrain(
    [PersistentState(StoreNames.Work, StoreNames.Store)] IPersistentState<WorkShard> slot,
    IWorkNewsSender sender,
    WorkMetrics metrics,
    FailureReport failures,
    TimeProvider time,
    NewsWait news)
    : Grain, IWorkQueueGrain, IWaitsForNews, IDisposable
{
    private const string Reminder = "every minute";

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly DurableState<WorkShard> _state = new(slot, WorkShard.Empty);
    private readonly ChangeSignal _changes = new();
    private readonly LatestOrders _orders = new(time);
    private WorkTeller? _teller;
    private OrderedWorks? _ordered;
    private long _number = 1;
    private bool _isReminded;
    private Task _ending = Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();

        // A number of an earlier activation, which a reader may know, is not one of this one's.
        _number = time.GetUtcNow().UtcTicks;
        metrics.Keeps(this.GetPrimaryKeyString(), _state.Visible);
        _teller = new WorkTeller(this, new TenantId(WorkIds.TenantOf(this.GetPrimaryKeyString())), _state, sender, failures, time, news.Leaving);
        _teller.Soon();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.KeepsNoMore(this.GetPrimaryKeyString());
        return _teller!.Stop();
    }

    /// <summary>Called when the grain has left memory, after <see cref="OnDeactivateAsync"/>.</summary>
    public void Dispose() => _teller?.Dispose();

    /// <summary>
    /// What is due and escalated follows from the time: the company is told of it. The reminder also keeps the part in memory and brings it back after a restart, so that it is told and counted with nobody looking. It ends when nothing waits.
    /// </summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _teller!.Soon();
        await _state.Ready();
        if (_state.Visible.Works.IsEmpty && _state.Pending.Works.IsEmpty)
        {
            _isReminded = false;
            _ending = this.RemindNoMore(Reminder);
            await _ending;
        }
    }

    public async Task<bool> Put(CustomerKey customer, long order, ImmutableArray<Work> works, bool isBySignals)
    {
        await BeReminded(works);
        await _state.Ready();
        if (!_orders.IsLatest(customer, order))
        {
            await _state.Settled();
            return true;
        }

        var now = time.GetUtcNow();
        var fresh = isBySignals ? works : [.. works.Select(work => WorkNewsRules.WithoutPast(work, now))];
        var next = WorkRules.Put(_state.Pending, customer, fresh, now, isBySignals && _teller!.KeepsEnds);
        await Save(next);

        // While this was on its way in, the reminder may have found the part empty and ended.
        await BeReminded(next.Works);
        await _teller!.Left();
        return works.All(work => next.Find(work.Id) is not null);
    }

    public async Task<ImmutableArray<Work>> List(WorkFilter filter, WorkPlace? after, int most)
    {
        await _state.Ready();
        _ordered = ReferenceEquals(_ordered?.Shard, _state.Visible) ? _ordered : new OrderedWorks(_state.Visible);
        return _ordered.First(filter, after, most, time.GetUtcNow());
    }

    public async Task<NumberedWork> Next(long known, CancellationToken left)
    {
        var asked = time.GetTimestamp();
        while (true)
        {
            var change = _changes.Next;
            await _state.Ready();
            var rest = Limits.Watches.Heartbeat - time.GetElapsedTime(asked);
            if (known != _number || rest <= TimeSpan.Zero)
            {
                return new NumberedWork(_number, _state.Visible);
            }

            await news.Until(this, change, rest, left);
        }
    }

    public async Task<Outcome<ClaimedWork>> Claim(WorkCommand command, DateTimeOffset until, LookRequest look, TimeSpan left)
    {
        var arrived = time.GetTimestamp();
        var hadIt = false;
        var claimed = await Change(command, (shard, now) =>
        {
            // Whoever repeats the request had no answer, perhaps.
            hadIt = shard.Find(command.Work) is { } known && known.ClaimAt(now)?.By == command.By && !WorkRules.IsRepeat(known, command);
            return WorkRules.Claim(shard, command, look.Read.Purpose!.Value, until, now);
        });
        if (claimed.Value is not { } work)
        {
            return claimed.Refusal!;
        }

        var customer = GrainFactory.GetGrain<ICustomerGrain>(work.Customer.Value);
        var answer = await customer.Look(look);
        if (answer.Value?.Parts.SelectMany(part => part.Waiting ?? []).FirstOrDefault(item => item.WorkId == work.Id) is { } item)
        {
            return new ClaimedWork(work, item, item.Kind == AttentionKind.Question && !hadIt ? await Contacts(look, item, work.Customer, ContactRules.AskedFor(left - time.GetElapsedTime(arrived))) : []);
        }

        // They have taken it back, or it waits no more, and the queue does not know yet.
        await customer.TellWork();
        return new Refusal(RefusalReason.NotFound, "work_id", "no such work");
    }

    public Task<Outcome<Work>> Complete(WorkCommand command, WorkResult result) => Change(command, (shard, now) => WorkRules.Complete(shard, command, result, now));

    public Task<Outcome<Work>> HandOver(WorkCommand command, bool isUp) => Change(command, (shard, now) => WorkRules.HandOver(shard, command, isUp, now));

    public Task<int> TellAgain(DateTimeOffset from) => _teller!.Again(from);

    /// <summary>Who could answer a question. Work that is claimed is claimed, whether or not the list can be asked.</summary>
    private async Task<ImmutableArray<OfferedContact>> Contacts(LookRequest look, AttentionItem item, CustomerKey asks, TimeSpan within)
    {
        try
        {
            return await GrainFactory.GetGrain<IContactsGrain>(look.Read.Tenant!.Value.Value).Find(look, item.Topics, asks, within);
        }
        catch (Exception error) when (Trouble.MayPass(error))
        {
            failures.Note("asking a list of contacts", error);
            return [];
        }
    }

    private async Task BeReminded(ImmutableArray<Work> works)
    {
        if (_isReminded || works.IsEmpty)
        {
            return;
        }

        // An end that is under way could take the new reminder for the old one. If it fails, the old one stays.
        await _ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await this.Remind(Reminder, _minute, _minute);
        _isReminded = true;
    }

    private async Task<Outcome<Work>> Change(WorkCommand command, Func<WorkShard, DateTimeOffset, Outcome<WorkShard>> rule)
    {
        await _state.Ready();
        var changed = rule(_state.Pending, time.GetUtcNow());
        if (changed.Value is not { } next)
        {
            return changed.Refusal!;
        }

        await Save(next);
        return next.Find(command.Work)!;
    }

    /// <summary>Readers are told what is durable.</summary>
    private async Task Save(WorkShard next)
    {
        if (ReferenceEquals(next, _state.Pending))
        {
            await _state.Settled();
            return;
        }

        await _state.Save(next.Works.IsEmpty ? WorkShard.Empty : next);
        metrics.Keeps(this.GetPrimaryKeyString(), _state.Visible);
        _number++;
        _changes.Raise();
        _teller!.Soon();
    }
}
