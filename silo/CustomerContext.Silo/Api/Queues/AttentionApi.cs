using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Contexts;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Grpc.Core;
using Orleans;
using Work = CustomerContext.Domain.Attention.Work;

namespace CustomerContext.Silo.Api.Queues;

/// <summary>The work of a tenant: lists and pushes name nobody; a claim is a look.</summary>
internal sealed class AttentionApi(
    IGrainFactory grains, WorkLists lists, CurrentAccess access, ReadTranslator reads, TenantActors actors, TenantRequests repeats, WorkIds workIds, CustomerIds ids, LookAlarms looks, PushLoop pushes, TimeProvider time)
    : AttentionService.AttentionServiceBase
{
    public override Task<ListWorkResponse> ListWork(ListWorkRequest request, ServerCallContext context) => lists.List(CallerOf.Tenant(context), request);

    public override async Task WatchWork(WatchWorkRequest request, IServerStreamWriter<WatchWorkResponse> responseStream, ServerCallContext context)
    {
        var caller = CallerOf.Tenant(context);
        var filter = lists.Filter(caller, request.Purpose, request.Kinds, request.Queue).OrThrow();
        using var permit = access.Permit(caller, filter.Purpose);
        var source = new WorkStream([.. WorkIds.QueuesOf(caller.Tenant).Select(key => grains.GetGrain<IWorkQueueGrain>(key))], filter, time);
        await pushes.Run(source, responseStream, caller.Until, context.CancellationToken, permit.Ended);
    }

    public override async Task<ClaimWorkResponse> ClaimWork(ClaimWorkRequest request, ServerCallContext context)
    {
        var caller = CallerOf.Tenant(context);
        var read = reads.Read(caller, request.Purpose, [V1.Facet.Attention], request.InteractionId, language: "").OrThrow();
        var duration = WorkTranslator.ClaimOf(request.ClaimDuration).OrThrow();
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        var command = Command(caller, request.RequestId, request.WorkId, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var now = time.GetUtcNow();
        var claimed = (await Queue(caller, request.WorkId).Claim(command, now + duration, read.Look, Left(context))).OrThrow();
        looks.Count(caller, [claimed.Work.Customer, .. claimed.People.Select(person => person.Customer)], read.Look.Read.Interaction);
        return new ClaimWorkResponse
        {
            Work = WorkTranslator.ToProto(claimed.Work, now),
            CustomerId = ids.For(caller.Tenant, claimed.Work.Customer),
            Item = AttentionTranslator.ItemOf(claimed.Item),
            People = { claimed.People.Select(person => new HelpfulPerson { CustomerId = ids.For(caller.Tenant, person.Customer), Topic = person.Topic, Standing = (V1.Standing)person.Standing }) },
        };
    }

    public override async Task<CompleteWorkResponse> CompleteWork(CompleteWorkRequest request, ServerCallContext context)
    {
        var caller = CallerOf.Tenant(context);
        var result = WorkTranslator.ResultOf(request.Result).OrThrow();
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        var command = Command(caller, request.RequestId, request.WorkId, request.HasExpectedVersion ? request.ExpectedVersion : null);
        return new CompleteWorkResponse { Work = Shown(await Queue(caller, request.WorkId).Complete(command, result)) };
    }

    public override async Task<HandOverWorkResponse> HandOverWork(HandOverWorkRequest request, ServerCallContext context)
    {
        var caller = CallerOf.Tenant(context);
        var isUp = WorkTranslator.QueueOf(request.ToQueue, "to_queue").OrThrow() ?? false;
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        var command = Command(caller, request.RequestId, request.WorkId, request.HasExpectedVersion ? request.ExpectedVersion : null);
        return new HandOverWorkResponse { Work = Shown(await Queue(caller, request.WorkId).HandOver(command, isUp)) };
    }

    private WorkCommand Command(TenantCaller caller, string request, string work, long? expected) => new(request, work, actors.Of(caller).Actor, expected);

    /// <summary>The part of the tenant's queue that a piece of work is in.</summary>
    private IWorkQueueGrain Queue(TenantCaller caller, string work)
    {
        TextRules.Check(work, "work_id", Limits.Attention.WorkIdLength).OrThrow();
        return workIds.QueueOf(caller.Tenant, work) is { } key
            ? grains.GetGrain<IWorkQueueGrain>(key)
            : throw RpcErrors.From(WorkRules.NoSuchWork);
    }

    /// <summary>How long the caller waits still. The library reads the system's clock for a deadline, whatever clock the silo has.</summary>
    private static TimeSpan Left(ServerCallContext context) => context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime;

    private V1.Work Shown(Outcome<Work> work) => WorkTranslator.ToProto(work.OrThrow(), time.GetUtcNow());
}
