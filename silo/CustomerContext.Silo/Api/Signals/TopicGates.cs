using CustomerContext.Domain.Common;
using CustomerContext.Domain.Topics;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>What topics pass, by who sends.</summary>
internal sealed class TopicGates(CurrentAccess access)
{
    // Of a tenant that has gone between two looks at the configuration.
    private static readonly TopicGate _nobodys = TopicGate.OfTenant([]);

    /// <summary>The gate for what <paramref name="source"/> sends: a configured one, or the customer.</summary>
    public TopicGate Of(SourceId source) => source.Tenant is { } tenant ? access.Now.Tenants.GetValueOrDefault(tenant)?.Topics ?? _nobodys : access.Now.Topics;
}
