using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Orleans;
using Work = CustomerContext.Domain.Attention.Work;

namespace CustomerContext.Silo.Api.Queues;

/// <summary>Lists the work of a tenant, over all parts of its queue. An AI reader is shown that of customers who allow it.</summary>
internal sealed class WorkLists(IGrainFactory grains, CurrentAccess access, TimeProvider time)
{
    /// <summary>ListWork of the contract.</summary>
    public async Task<ListWorkResponse> List(TenantCaller caller, ListWorkRequest request)
    {
        var filter = Filter(caller, request.Purpose, request.Kinds, request.Queue).OrThrow();
        var page = WorkPage.Read(request.PageSize, request.PageToken).OrThrow();
        var (works, now) = await First(caller.Tenant, filter, page.After, page.Size + 1);
        return new ListWorkResponse
        {
            Works = { works.Take(page.Size).Select(work => WorkTranslator.ToProto(work, now)) },
            NextPageToken = works.Length > page.Size ? WorkPage.TokenAfter(WorkPlace.Of(works[page.Size - 1], now)) : "",
        };
    }

    /// <summary>The first <paramref name="most"/> of all parts. Each is asked for its share and what one customer may have more; only those of which all may be among the first are asked for more.</summary>
    private async Task<(ImmutableArray<Work> Works, DateTimeOffset Now)> First(TenantId tenant, WorkFilter filter, WorkPlace? after, int most)
    {
        var parts = WorkIds.QueuesOf(tenant).Select(key => grains.GetGrain<IWorkQueueGrain>(key)).ToArray();
        var share = Math.Min(most, (most / parts.Length) + Limits.Attention.Items);
        var works = await Task.WhenAll(parts.Select(part => part.List(filter, after, share)));
        var now = time.GetUtcNow();
        var first = WorkPlace.First(works.SelectMany(part => part), after, most, now);
        var isIn = first.Select(work => work.Id).ToHashSet(StringComparer.Ordinal);
        var all = Enumerable.Range(0, parts.Length).Where(at => share < most && works[at].Length == share && isIn.Contains(works[at][^1].Id)).ToArray();
        if (all.Length == 0)
        {
            return (first, now);
        }

        await Task.WhenAll(all.Select(async at => works[at] = await parts[at].List(filter, after, most)));
        now = time.GetUtcNow();
        return (WorkPlace.First(works.SelectMany(part => part), after, most, now), now);
    }

    /// <summary>Which work a caller asks for.</summary>
    public Outcome<WorkFilter> Filter(TenantCaller caller, string purpose, IReadOnlyList<V1.AttentionKind> kinds, WorkQueue queue)
    {
        var asked = WorkTranslator.KindsOf(kinds);
        var escalated = WorkTranslator.QueueOf(queue, "queue");
        var broken = TextRules.Check(purpose, "purpose", Limits.Consents.PurposeLength) ?? asked.Refusal ?? escalated.Refusal;
        return broken is not null ? broken
            : !access.Now.Allows(caller, new Purpose(purpose)) ? new Refusal(RefusalReason.CallerNotAllowed, "purpose", "The purpose is not enabled for the caller's tenant, or not for the program that got the token.")
            : new WorkFilter(new Purpose(purpose), asked.Value, escalated.Value, caller.IsAi);
    }
}
