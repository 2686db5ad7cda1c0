using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Orleans;

namespace CustomerContext.Silo.Api.Queues;

/// <summary>Lists the work of a tenant, over all parts of its queue. An AI reader is shown that of customers who allow it.</summary>
internal sealed class WorkLists(IGrainFactory grains, CurrentAccess access, TimeProvider time)
{
    /// <summary>ListWork of the contract.</summary>
    public async Task<ListWorkResponse> List(TenantCaller caller, ListWorkRequest request)
    {
        var filter = Filter(caller, request.Purpose, request.Kinds, request.Queue).OrThrow();
        var page = WorkPage.Read(request.PageSize, request.PageToken).OrThrow();
        var parts = await Task.WhenAll(WorkIds.QueuesOf(caller.Tenant).Select(key => grains.GetGrain<IWorkQueueGrain>(key).List(filter, page.After, page.Size + 1)));
        var now = time.GetUtcNow();
        var works = WorkPlace.First(parts.SelectMany(part => part), page.After, page.Size + 1, now);
        return new ListWorkResponse
        {
            Works = { works.Take(page.Size).Select(work => WorkTranslator.ToProto(work, now)) },
            NextPageToken = works.Length > page.Size ? WorkPage.TokenAfter(WorkPlace.Of(works[page.Size - 1], now)) : "",
        };
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
