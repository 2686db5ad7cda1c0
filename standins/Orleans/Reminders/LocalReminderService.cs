using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Reminders;

namespace Orleans.Runtime;

/// <summary>Ticks for every row of the reminder table.</summary>
internal sealed class LocalReminderService(
    Silo silo,
    IReminderTable table,
    IOptions<ReminderOptions> options,
    [FromKeyedServices(ReminderTimeProviderNames.Reminders)] TimeProvider time) : ISiloPart
{
    private readonly Dictionary<(GrainId, string), LocalReminder> _local = [];
    private readonly Lock _lock = new();
    private ITimer? _refresh;
    private long _changes;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.InitializationTimeout);
        await table.StartAsync(limit.Token);
        await ReadTable();
        var every = options.Value.RefreshReminderListPeriod;
        _refresh = time.CreateTimer(_ => _ = ReadTable(), null, every, every);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _refresh?.Dispose();
        lock (_lock)
        {
            foreach (var reminder in _local.Values)
            {
                reminder.Stop();
            }

            _local.Clear();
        }

        await table.StopAsync(cancellationToken);
    }

    public async Task<IGrainReminder> Register(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < options.Value.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"Cannot register reminder {name}: its period ({period}) is less than the minimum ({options.Value.MinimumReminderPeriod}).");
        }

        var entry = new ReminderEntry { GrainId = grainId, ReminderName = name, StartAt = time.GetUtcNow().UtcDateTime + dueTime, Period = period };
        entry.ETag = await table.UpsertRow(entry)
            ?? throw new ReminderException($"Could not register reminder {name} to reminder table due to a race. Please try again later.");
        lock (_lock)
        {
            _changes++;
            Tick_NeedsLock(entry);
        }

        return new Reminder(grainId, name, entry.ETag);
    }

    public async Task Unregister(Reminder reminder)
    {
        if (!await table.RemoveRow(reminder.GrainId, reminder.ReminderName, reminder.ETag)
            && await table.ReadRow(reminder.GrainId, reminder.ReminderName) is not null)
        {
            throw new ReminderException(
                $"Could not unregister reminder {reminder.ReminderName} from the reminder table, due to tag mismatch. You can retry.");
        }

        lock (_lock)
        {
            _changes++;
            if (_local.Remove((reminder.GrainId, reminder.ReminderName), out var local))
            {
                local.Stop();
            }
        }
    }

    public async Task<IGrainReminder?> Find(GrainId grainId, string name) =>
        await table.ReadRow(grainId, name) is { } entry ? new Reminder(entry.GrainId, entry.ReminderName, entry.ETag!) : null;

    public async Task<List<IGrainReminder>> FindAll(GrainId grainId) =>
        [.. (await table.ReadRows(grainId)).Reminders.Select(entry => new Reminder(entry.GrainId, entry.ReminderName, entry.ETag!))];

    private async Task ReadTable()
    {
        try
        {
            var before = Interlocked.Read(ref _changes);
            var rows = (await table.ReadRows(0, 0)).Reminders;
            lock (_lock)
            {
                if (before != _changes)
                {
                    return; // what was read may be older than what we know; the next round will tell
                }

                foreach (var gone in _local.Keys.Except(rows.Select(row => (row.GrainId, row.ReminderName))).ToArray())
                {
                    _local.Remove(gone, out var reminder);
                    reminder!.Stop();
                }

                foreach (var row in rows)
                {
                    Tick_NeedsLock(row);
                }
            }
        }
        catch (Exception error) when (_refresh is not null)
        {
            silo.Log.ReminderTableFailed(error);
        }
    }

    private void Tick_NeedsLock(ReminderEntry entry)
    {
        var key = (entry.GrainId, entry.ReminderName);
        if (_local.TryGetValue(key, out var known))
        {
            if (known.ETag == entry.ETag)
            {
                return;
            }

            known.Stop();
        }

        _local[key] = new LocalReminder(silo, entry, time);
    }
}
