using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Hosting;

namespace CustomerContext.Silo.Access;

/// <summary>Keeps an eye on who looks at whom, answered or refused, and tells the operator of what stands out (<see cref="TenantLooks"/>). It never refuses.</summary>
internal sealed partial class LookAlarms(ActorNames actors, SiloMetrics metrics, TimeProvider time, ILogger<LookAlarms> log)
{
    private const int PersonDigits = 16;

    private readonly ConcurrentDictionary<TenantId, TenantLooks> _tenants = new();

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
        var person = ulong.Parse(customer.Value.AsSpan(0, PersonDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var looks = _tenants.GetOrAdd(caller.Tenant, _ => new TenantLooks());
        LookAlarm? raised;
        lock (looks)
        {
            raised = looks.Count(caller.Actor, caller.Role, person, interaction, time.GetUtcNow());
        }

        if (raised is LookAlarm.ManyActors)
        {
            metrics.LookAlarm(caller.Tenant, LookAlarm.ManyActors, caller.Role);
            Full(log, Limits.Alarms.ActorsPerTenant, caller.Tenant.Value);
        }
        else if (raised is { } alarm)
        {
            metrics.LookAlarm(caller.Tenant, alarm, caller.Role);
            Alarm(log, alarm, caller.Role, caller.Tenant.Value, actors.For(caller.Tenant, caller.Actor));
        }
    }

    [LoggerMessage(120, LogLevel.Warning, "{Alarm}: a {Role} of {Tenant}, in disclosures {Actor}, looks more than an honest one would (docs/access.md)")]
    private static partial void Alarm(ILogger logger, LookAlarm alarm, ActorRole role, string tenant, string actor);

    [LoggerMessage(121, LogLevel.Warning, "More than {Most} people and programs of {Tenant} look within an hour; what the others do is not watched (docs/access.md)")]
    private static partial void Full(ILogger logger, int most, string tenant);
}
