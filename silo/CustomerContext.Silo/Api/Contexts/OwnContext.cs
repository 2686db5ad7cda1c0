using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>Customers read their own context: just what an agent sees, on record like any look. Who is no customer yet is refused like any unknown person.</summary>
internal sealed class OwnContext(CustomerSelf self, AnswerTranslator answers, WatchStreams watches, RefusalFloor floor)
{
    /// <summary>The caller's context.</summary>
    public async Task<GetContextResponse> Get(CustomerCaller me, GetContextRequest request, long arrived)
    {
        var read = ReadTranslator.ReadOwn(request.Subject is not null, request.Purpose, request.Facets, request.InteractionId).OrThrow();
        var answer = await (await Find(me, arrived)).Look(read.Look);
        return answer.IsOk ? answers.ToProto(null, answer.Value, read.Later) : throw await floor.Refused(answer.Refusal, arrived);
    }

    /// <summary>Pushes the caller's context until the stream ends.</summary>
    public async Task Watch(
        CustomerCaller me, WatchContextRequest request, IServerStreamWriter<WatchContextResponse> stream, long arrived, CancellationToken left)
    {
        var read = ReadTranslator.ReadOwn(request.Subject is not null, request.Purpose, request.Facets, request.InteractionId).OrThrow();
        await watches.Run(await Find(me, arrived), read, me, request.ResumeToken, stream, arrived, left);
    }

    private async Task<ICustomerGrain> Find(CustomerCaller me, long arrived) =>
        await self.Find(me) ?? throw await floor.Refused(new Refusal(RefusalReason.ConsentRequired), arrived);
}
