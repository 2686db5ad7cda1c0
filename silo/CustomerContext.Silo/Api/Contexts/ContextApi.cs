using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Grpc.Core;
using Orleans;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>Lookups and watches.</summary>
internal sealed class ContextApi(
    IGrainFactory grains,
    SubjectResolver subjects,
    ReadTranslator reads,
    AnswerTranslator answers,
    RefusalFloor floor,
    TimeProvider time,
    IHostApplicationLifetime lifetime)
    : ContextService.ContextServiceBase
{
    public override async Task<GetContextResponse> GetContext(GetContextRequest request, ServerCallContext context)
    {
        var arrived = time.GetTimestamp();
        var caller = CallerOf.Tenant(context);
        var read = reads.Read(caller, request.Purpose, request.Facets, request.InteractionId).OrThrow();
        var answer = await Look(caller, request.Subject, "subject", read);
        return answer.IsOk ? answer.Value : throw await Refused(answer.Refusal, arrived);
    }

    public override async Task<BatchGetContextsResponse> BatchGetContexts(BatchGetContextsRequest request, ServerCallContext context)
    {
        var arrived = time.GetTimestamp();
        var caller = CallerOf.Tenant(context);
        if (request.Subjects.Count is 0 or > Limits.Requests.Subjects)
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "subjects", $"must be 1 to {Limits.Requests.Subjects}"));
        }

        var read = reads.Read(caller, request.Purpose, request.Facets, request.InteractionId).OrThrow();
        var results = await Task.WhenAll(request.Subjects.Select((subject, i) => BatchItem(caller, subject, $"subjects[{i}]", read)));
        if (results.Any(result => result.Status?.Reason == ErrorReason.ConsentRequired))
        {
            await floor.Wait(arrived);
        }

        return new BatchGetContextsResponse { Results = { results } };
    }

    public override async Task WatchContext(
        WatchContextRequest request, IServerStreamWriter<WatchContextResponse> responseStream, ServerCallContext context)
    {
        var arrived = time.GetTimestamp();
        var caller = CallerOf.Tenant(context);
        var read = reads.Read(caller, request.Purpose, request.Facets, request.InteractionId).OrThrow();
        TextRules.Check(request.ResumeToken, "resume_token", Limits.Requests.TokenLength, required: false).OrThrow();
        var named = (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();
        var customer = grains.GetGrain<ICustomerGrain>(named.Customer.Value);
        var opened = await customer.OpenWatch(new WatchRequest(read.Look, caller.Until));
        if (!opened.IsOk)
        {
            throw await Refused(opened.Refusal, arrived);
        }

        var stream = new WatchStream(customer, opened.Value, new FrameTranslator(answers, caller.Tenant, read.Later, request.ResumeToken), responseStream, time);
        await stream.Run(context.CancellationToken, lifetime.ApplicationStopping);
    }

    private async Task<Outcome<GetContextResponse>> Look(TenantCaller caller, SubjectIdentifier? subject, string field, TenantRead read)
    {
        var named = await subjects.Resolve(caller.Tenant, subject, field);
        if (!named.IsOk)
        {
            return named.Refusal;
        }

        var answer = await grains.GetGrain<ICustomerGrain>(named.Value.Customer.Value).Look(read.Look);
        return answer.IsOk ? answers.ToProto(caller.Tenant, answer.Value, read.Later) : answer.Refusal;
    }

    private async Task<ContextResult> BatchItem(TenantCaller caller, SubjectIdentifier subject, string field, TenantRead read)
    {
        try
        {
            var answer = await Look(caller, subject, field, read);
            return answer.IsOk
                ? new ContextResult { Answer = answer.Value }
                : new ContextResult { Status = ItemStatuses.From(answer.Refusal) };
        }
        catch (Exception error) when (Faults.IsTrouble(error))
        {
            return new ContextResult { Status = ItemStatuses.From(new Refusal(RefusalReason.Unavailable)) };
        }
    }

    private async Task<RpcException> Refused(Refusal refusal, long arrived) =>
        refusal.Reason == RefusalReason.ConsentRequired ? await floor.Refuse(arrived) : RpcErrors.From(refusal);
}
