using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.News;

/// <summary>Tells companies what became of their grants, each a little late by chance.</summary>
internal sealed class NewsSender(WebhookCalls calls, CustomerIds ids, DeploymentKey key, TimeProvider time) : INewsSender
{
    private readonly byte[] _delayKey = key.Derive("webhook delays");

    public IEnumerable<TenantId> Companies => calls.Companies;

    public string? ReceiverOf(GrantNews news) => calls.ReceiverOf(news.Tenant, WebhookTypes.Of(news.Kind));

    public async Task Send(CustomerKey customer, GrantNews news, CancellationToken cancellation)
    {
        var id = ids.For(news.Tenant, customer);
        var at = news.At + DelayOf(id, news);
        var early = at - time.GetUtcNow();
        if (early > TimeSpan.Zero && ReceiverOf(news) is not null)
        {
            // Never longer, wherever the clock of the silo went that made the news.
            await Task.Delay(early < Limits.News.Spread ? early : Limits.News.Spread, time, cancellation);
        }

        await calls.Call(news.Tenant, WebhookTypes.Of(news.Kind), What(id, news), at, new Content(id, news.Grant.Value, news.Version), cancellation);
    }

    public void GiveUp(GrantNews news) => calls.GiveUp(news.Tenant, WebhookTypes.Of(news.Kind));

    /// <summary>By how much these news are late: another time for each company and change, which nobody can foretell who has not the key, and the same in each try.</summary>
    private TimeSpan DelayOf(string customer, GrantNews news)
    {
        var chance = HMACSHA256.HashData(_delayKey, Encoding.UTF8.GetBytes($"{customer}/{news.Epoch}"));
        return Limits.News.Spread * (BinaryPrimitives.ReadUInt32BigEndian(chance) / (double)uint.MaxValue);
    }

    /// <summary>These news alone: after a restore the same epoch may come again. The epoch counts what the customer said to others too.</summary>
    private static string What(string customer, GrantNews news) => $"{customer}/{news.Epoch}/{news.Grant.Value}/{(int)news.Kind}/{news.At.UtcTicks}";

    /// <summary>What it is about.</summary>
    private sealed record Content(string CustomerId, string GrantId, int Version);
}
