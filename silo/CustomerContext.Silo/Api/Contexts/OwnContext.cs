using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>Customers read their own context: just what an agent sees, on record like any look. Who is no customer yet is refused like any unknown person.</summary>
internal sealed class OwnContext(CustomerSelf self, ReadyAnswers answers, WatchStreams watches, RefusalFloor floor)
{
    /// <summary>The caller's context.</summary>
    public async Task<Outcome<ReadyAnswer>> Get(CustomerCaller me, GetContextRequest request)
    {
        var read = ReadTranslator.ReadOwn(request.Subject is not null, request.Purpose, request.Facets, request.InteractionId, request.Language);
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        if (await self.Find(me) is not { } customer)
        {
            return new Refusal(RefusalReason.ConsentRequired);
        }

        var answer = await customer.Look(read.Value.Look);
        return answer.IsOk ? answers.Of(read.Value, answer.Value) : answer.Refusal;
    }

    /// <summary>Pushes the caller's context until the stream ends.</summary>
    public async Task Watch(
        CustomerCaller me, WatchContextRequest request, IServerStreamWriter<WatchContextResponse> stream, long arrived, CancellationToken left)
    {
        var read = ReadTranslator.ReadOwn(request.Subject is not null, request.Purpose, request.Facets, request.InteractionId, request.Language).OrThrow();
        var customer = await self.Find(me) ?? throw await floor.Refuse(arrived);
        await watches.Run(customer, read, me, request.ResumeToken, stream, arrived, left);
    }
}
