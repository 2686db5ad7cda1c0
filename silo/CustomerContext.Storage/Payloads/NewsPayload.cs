using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Storage.Payloads;

/// <summary>News of grants, and which of them were told.</summary>
internal static class NewsPayload
{
    public static Stored.GrantNews ToMessage(GrantNews news) => new()
    {
        Kind = (int)news.Kind,
        Tenant = news.Tenant.Value,
        Grant = news.Grant.Value,
        Version = news.Version,
        Epoch = news.Epoch,
        AtTicks = Ticks.Of(news.At),
    };

    public static GrantNews FromMessage(Stored.GrantNews stored) => new(
        (NewsKind)stored.Kind, new TenantId(stored.Tenant), new GrantId(stored.Grant), stored.Version, stored.Epoch, Ticks.Instant(stored.AtTicks));

    public static Stored.ToldNews ToMessage(NewsId told) => new() { Epoch = told.Epoch, Grant = told.Grant.Value };

    public static NewsId FromMessage(Stored.ToldNews stored) => new(stored.Epoch, new GrantId(stored.Grant));
}
