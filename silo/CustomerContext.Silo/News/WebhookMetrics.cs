using System.Diagnostics.Metrics;
using CustomerContext.Domain.Common;
using CustomerContext.Grains;

namespace CustomerContext.Silo.News;

/// <summary>What becomes of what companies are to be told.</summary>
internal sealed class WebhookMetrics(IMeterFactory factory)
{
    private readonly Counter<long> _news = factory.Create(Telemetry.Name).CreateCounter<long>(
        "customercontext.webhooks", description: "News of grants and of work for companies, by type and by what became of them.");

    /// <summary>One is done with.</summary>
    public void Ended(TenantId tenant, string type, NewsEnd end) => _news.Add(1, new("tenant", tenant.Value), new("type", type), new("outcome", end.ToString().ToLowerInvariant()));
}

/// <summary>What became of one.</summary>
internal enum NewsEnd
{
    /// <summary>The receiver took it.</summary>
    Sent = 1,

    /// <summary>The receiver is no more (410), or was taken out of the tenants file.</summary>
    Unwanted,

    /// <summary>It did not take it for a day.</summary>
    GivenUp,
}
