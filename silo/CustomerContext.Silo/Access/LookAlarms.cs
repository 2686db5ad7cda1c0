using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Hosting;

namespace CustomerContext.Silo.Access;

/// <summary>Keeps an eye on who looks at whom, answered or refused, and tells the operator of what stands out (<see cref="ActorLooks"/>). It never refuses.</summary>
internal sealed partial class LookAlarms(ActorNames actors, SiloMetrics metrics, TimeProvider time, ILogger<LookAlarms> log)
{
    private const int PersonDigits = 16;

    private readonly ConcurrentDictionary<(TenantId Tenant, string Actor), ActorLooks> _actors = new();
    private readonly Lock _clearing = new();
    private DateTimeOffset _clearedAt = time.GetUtcNow();

    /// <summary>Counts a look of <paramref name="caller"/> at everybody whom the request named.</summary>
    public void Count(TenantCaller caller, ImmutableArray<CustomerKey> asked, string? interaction)
    {
        foreach (var customer in asked)
        {
            Count(caller, customer, interaction);
        }
    }

    private void Count(TenantCaller caller, CustomerKey customer, string? interaction)
    {
        var role = caller.IsPerson ? ActorRole.Person : ActorRole.Service;
        var now = time.GetUtcNow();
        if (LooksOf(caller, role, now) is not { } looks)
        {
            return;
        }

        LookAlarm? raised;
        lock (looks)
        {
            raised = looks.Count(ulong.Parse(customer.Value.AsSpan(0, PersonDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture), interaction, now);
        }

        if (raised is { } alarm)
        {
            metrics.LookAlarm(caller.Tenant, alarm, role);
            Alarm(log, alarm, role, caller.Tenant.Value, actors.For(caller.Tenant, caller.Actor));
        }
    }

    private ActorLooks? LooksOf(TenantCaller caller, ActorRole role, DateTimeOffset now)
    {
        if (_actors.TryGetValue((caller.Tenant, caller.Actor), out var known))
        {
            return known;
        }

        return HasRoom(now) ? _actors.GetOrAdd((caller.Tenant, caller.Actor), _ => new ActorLooks(role)) : null;
    }

    /// <summary>True if one more actor may be watched. All that is known is forgotten when it is full, at most once in a window.</summary>
    private bool HasRoom(DateTimeOffset now)
    {
        if (_actors.Count < Limits.Alarms.Actors)
        {
            return true;
        }

        lock (_clearing)
        {
            if (_actors.Count >= Limits.Alarms.Actors && now - _clearedAt >= Limits.Alarms.Window)
            {
                _clearedAt = now;
                _actors.Clear();
            }

            return _actors.Count < Limits.Alarms.Actors;
        }
    }

    [LoggerMessage(120, LogLevel.Warning, "{Alarm}: a {Role} of {Tenant}, in disclosures {Actor}, looks more than an honest one would (docs/access.md)")]
    private static partial void Alarm(ILogger logger, LookAlarm alarm, ActorRole role, string tenant, string actor);
}
