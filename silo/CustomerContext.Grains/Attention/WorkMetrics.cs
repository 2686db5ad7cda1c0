using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerContext.Domain.Attention;

namespace CustomerContext.Grains.Attention;

/// <summary>How long companies' queues are, and how old. Counted when the figures are read, since what is escalated changes with time alone; of the parts that this process keeps.</summary>
public sealed class WorkMetrics
{
    private readonly ConcurrentDictionary<string, WorkShard> _parts = new();
    private readonly TimeProvider _time;

    /// <summary>One for the process.</summary>
    public WorkMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.Create(Telemetry.Name);
        meter.CreateObservableGauge("customercontext.work.open", Lengths, "{work}", "Work that waits, by company and queue.");
        meter.CreateObservableGauge("customercontext.work.oldest", Oldest, "s", "How long the oldest work of a company has waited; 0 if there is none.");
    }

    /// <summary>A part of a queue, of the key of <see cref="WorkIds"/>, holds this now.</summary>
    public void Keeps(string key, WorkShard shard) => _parts[key] = shard;

    /// <summary>This process does not keep the part any more.</summary>
    public void KeepsNoMore(string key) => _parts.TryRemove(key, out _);

    private IEnumerable<Measurement<long>> Lengths()
    {
        var now = _time.GetUtcNow();
        foreach (var (tenant, works) in ByTenant(now))
        {
            var escalated = works.LongCount(work => work.IsEscalated(now));
            yield return new(works.Length - escalated, Tenant(tenant), new("queue", "first"));
            yield return new(escalated, Tenant(tenant), new("queue", "escalated"));
        }
    }

    private IEnumerable<Measurement<double>> Oldest()
    {
        var now = _time.GetUtcNow();
        return ByTenant(now).Select(queue => new Measurement<double>(
            queue.Works.Select(work => (now - work.Since).TotalSeconds).DefaultIfEmpty().Max(), Tenant(queue.Tenant)));
    }

    private IEnumerable<(string Tenant, Work[] Works)> ByTenant(DateTimeOffset now) => _parts
        .GroupBy(part => WorkIds.TenantOf(part.Key))
        .Select(parts => (parts.Key, parts.SelectMany(part => part.Value.Works).Where(work => work.IsOpen(now)).ToArray()));

    private static KeyValuePair<string, object?> Tenant(string tenant) => new("tenant", tenant);
}
