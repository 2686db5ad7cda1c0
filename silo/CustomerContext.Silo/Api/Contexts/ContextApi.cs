using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Interactions;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Grpc.Core;
using Orleans;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>Lookups and watches, by tenants and by customers of themselves; and the interactions in which tenants look.</summary>
internal sealed class ContextApi(
    IGrainFactory grains,
    ServedCustomers served,
    SubjectResolver subjects,
    ReadTranslator reads,
    AnswerTranslator answers,
    ReadyAnswers ready,
    OwnContext own,
    HistoryCalls histories,
    InteractionCalls interactions,
    WatchStreams watches,
    LookAlarms looks,
    RefusalFloor floor,
    LookMetrics metrics,
    TimeProvider time)
    : ContextService.ContextServiceBase
{
    public override async Task<GetContextResponse> GetContext(GetContextRequest request, ServerCallContext context) => (await Look(request, context)).ToMessage();

    /// <summary>GetContext, with an answer in bytes.</summary>
    public Task<ReadyAnswer> Look(GetContextRequest request, ServerCallContext context) => Look(CallerOf.Any(context), request, room: null);

    /// <summary>The look of any door.</summary>
    /// <param name="who">Who looks.</param>
    /// <param name="request">At what.</param>
    /// <param name="room">How many tokens the answer may have; absent: as many as it has.</param>
    public async Task<ReadyAnswer> Look(Caller who, GetContextRequest request, int? room)
    {
        var arrived = time.GetTimestamp();
        Outcome<ReadyAnswer> answer;
        try
        {
            if (who is CustomerCaller me)
            {
                answer = await own.Get(me, request);
            }
            else
            {
                var caller = (TenantCaller)who;
                var read = reads.Read(caller, request.Purpose, request.Facets, request.InteractionId, request.Language);
                answer = read.IsOk ? await Look(caller, request.Subject, In(room, read.Value)) : read.Refusal;
            }
        }
        catch (Exception error)
        {
            metrics.Failed(arrived, Faults.IsTrouble(error));
            throw;
        }

        if (answer.IsOk)
        {
            metrics.Answered(arrived, answer.Value.Encoded.IsWhole);
            return answer.Value;
        }

        var refused = await floor.Refused(answer.Refusal, arrived);
        metrics.Refused(arrived, answer.Refusal);
        throw refused;
    }

    public override async Task<BatchGetContextsResponse> BatchGetContexts(BatchGetContextsRequest request, ServerCallContext context)
    {
        var arrived = time.GetTimestamp();
        var caller = CallerOf.Tenant(context);
        if (request.Subjects.Count is 0 or > Limits.Requests.Subjects)
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "subjects", $"must be 1 to {Limits.Requests.Subjects}"));
        }

        var read = reads.Read(caller, request.Purpose, request.Facets, request.InteractionId, request.Language).OrThrow();
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
        TextRules.Check(request.ResumeToken, "resume_token", Limits.Requests.TokenLength, required: false).OrThrow();
        if (CallerOf.Any(context) is CustomerCaller me)
        {
            await own.Watch(me, request, responseStream, arrived, context.CancellationToken);
            return;
        }

        var caller = CallerOf.Tenant(context);
        var read = reads.Read(caller, request.Purpose, request.Facets, request.InteractionId, request.Language).OrThrow();
        var named = (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();
        looks.Count(caller, named.Asked, read.Look.Read.Interaction);
        await watches.Run(grains.GetGrain<ICustomerGrain>(named.Customer.Value), read, caller, request.ResumeToken, responseStream, arrived, context.CancellationToken);
    }

    public override Task<GetHistoryResponse> GetHistory(GetHistoryRequest request, ServerCallContext context) => histories.Get(CallerOf.Any(context), request);

    public override Task<BeginInteractionResponse> BeginInteraction(BeginInteractionRequest request, ServerCallContext context) =>
        interactions.Begin(CallerOf.Tenant(context), request);

    public override Task<ContinueInteractionResponse> ContinueInteraction(ContinueInteractionRequest request, ServerCallContext context) =>
        interactions.Continue(CallerOf.Tenant(context), request);

    public override Task<EndInteractionResponse> EndInteraction(EndInteractionRequest request, ServerCallContext context) =>
        interactions.End(CallerOf.Tenant(context), request);

    private static CheckedRead In(int? room, CheckedRead read) =>
        room is { } tokens ? read with { Look = read.Look with { Room = new AnswerRoom(tokens, read.Language) } } : read;

    private async Task<Outcome<ReadyAnswer>> Look(TenantCaller caller, SubjectIdentifier? subject, CheckedRead read)
    {
        var answer = await Look(caller, subject, "subject", read);
        return answer.IsOk ? ready.Of(read, answer.Value) : answer.Refusal;
    }

    private async Task<Outcome<LookAnswer>> Look(TenantCaller caller, SubjectIdentifier? subject, string field, CheckedRead read)
    {
        var named = await subjects.Resolve(caller.Tenant, subject, field);
        if (!named.IsOk)
        {
            return named.Refusal;
        }

        looks.Count(caller, named.Value.Asked, read.Look.Read.Interaction);
        var customer = named.Value.Customer;
        return await served.Look(customer, read.Look) is { } known ? known : await grains.Get<ICustomerGrain>(customer.Value).Look(read.Look);
    }

    private async Task<ContextResult> BatchItem(TenantCaller caller, SubjectIdentifier subject, string field, CheckedRead read)
    {
        var begun = time.GetTimestamp();
        try
        {
            var answer = await Look(caller, subject, field, read);
            if (answer.IsOk)
            {
                metrics.Answered(begun, answer.Value.Withheld.IsEmpty);
                return new ContextResult { Answer = answers.ToProto(read, answer.Value) };
            }

            metrics.Refused(begun, answer.Refusal);
            return new ContextResult { Status = ItemStatuses.From(answer.Refusal) };
        }
        catch (Exception error) when (Faults.IsTrouble(error))
        {
            metrics.Failed(begun, mayPass: true);
            return new ContextResult { Status = ItemStatuses.From(new Refusal(RefusalReason.Unavailable)) };
        }
    }
}
