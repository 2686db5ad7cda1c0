using System.Collections.Concurrent;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Grpc.Core;
using Orleans;

namespace CustomerContext.Silo.Api.Webhooks;

/// <summary>Has a company told again what it was told: the customers of whom it was, and all parts of its queue.</summary>
internal sealed class WebhookApi(IGrainFactory grains, TimeProvider time) : WebhookService.WebhookServiceBase
{
    /// <summary>When each company was last told again, as a timestamp of the clock that never jumps.</summary>
    private readonly ConcurrentDictionary<TenantId, long> _latest = new();

    public override async Task<ReplayWebhooksResponse> ReplayWebhooks(ReplayWebhooksRequest request, ServerCallContext context)
    {
        var tenant = CallerOf.Tenant(context).Tenant;
        var last = LastOf(request).OrThrow();
        TakeTurn(tenant);
        var from = time.GetUtcNow() - last;
        var works = await Task.WhenAll(WorkIds.QueuesOf(tenant).Select(key => grains.GetGrain<IWorkQueueGrain>(key).TellAgain(from)));
        var told = await Task.WhenAll(NewsIndexKeys.AllOf(tenant).Select(key => grains.GetGrain<INewsIndexGrain>(key).Since(from)));
        var count = works.Sum();
        foreach (var some in told.SelectMany(part => part).Chunk(Limits.News.ReplayAtOnce))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            count += (await Task.WhenAll(some.Select(customer => grains.GetGrain<ICustomerGrain>(customer.Value).TellNewsAgain(tenant, from)))).Sum();
        }

        return new ReplayWebhooksResponse { MessageCount = count };
    }

    /// <summary>Of two calls at once one is refused.</summary>
    private void TakeTurn(TenantId tenant)
    {
        var now = time.GetTimestamp();
        var isKnown = _latest.TryGetValue(tenant, out var latest);
        var wait = isKnown ? Limits.News.ReplayEvery - time.GetElapsedTime(latest, now) : TimeSpan.Zero;
        if (wait > TimeSpan.Zero || !(isKnown ? _latest.TryUpdate(tenant, now, latest) : _latest.TryAdd(tenant, now)))
        {
            throw RpcErrors.RateLimited(wait > TimeSpan.Zero ? wait : Limits.News.ReplayEvery);
        }
    }

    private static Outcome<TimeSpan> LastOf(ReplayWebhooksRequest request)
    {
        var read = Times.Read(request.LastDuration, "last_duration");
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var asked = read.Value ?? Limits.News.Longest;
        return asked >= Limits.News.ShortestReplay && asked <= Limits.News.Longest
            ? asked
            : new Refusal(RefusalReason.InvalidArgument, "last_duration", $"must be {Limits.News.ShortestReplay.TotalMinutes} minute to {Limits.News.Longest.TotalHours} hours");
    }
}
