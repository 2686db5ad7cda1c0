using System.Threading.Channels;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>Signals in, one request or one stream of them at a time.</summary>
internal sealed class SignalApi(SignalDoor door, Admission admission) : SignalService.SignalServiceBase
{
    public override async Task<PublishSignalsResponse> PublishSignals(PublishSignalsRequest request, ServerCallContext context) =>
        new() { Results = { await door.Take(CallerOf.Any(context), request.Signals) } };

    public override async Task StreamSignals(
        IAsyncStreamReader<StreamSignalsRequest> requestStream, IServerStreamWriter<StreamSignalsResponse> responseStream, ServerCallContext context)
    {
        var caller = CallerOf.Any(context);
        var messages = context.GetHttpContext().Features.Get<AdmittedCall>()!.Stream!;
        var answers = Channel.CreateBounded<Task<StreamSignalsResponse>>(Limits.Requests.StreamAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var answering = AnswerInOrder(answers.Reader, responseStream, stop);
        try
        {
            // Reading stops while too many answers wait: the bound holds the sender back.
            while (await requestStream.MoveNext(stop.Token))
            {
                var request = requestStream.Current;
                var place = messages.TakePlace();
                try
                {
                    await admission.SettleMessage(caller, place, CallCost.Of(request), stop.Token);
                }
                catch
                {
                    place.Dispose();
                    throw;
                }

                await answers.Writer.WriteAsync(Answer(caller, request, place), stop.Token);
            }
        }
        catch (OperationCanceledException) when (answering.IsFaulted)
        {
            // What the answering side failed with is told below.
        }
        finally
        {
            answers.Writer.TryComplete();
            await answering;
        }
    }

    private async Task<StreamSignalsResponse> Answer(Caller caller, StreamSignalsRequest request, Place place)
    {
        using (place)
        {
            return new() { Sequence = request.Sequence, Results = { await door.Take(caller, request.Signals) } };
        }
    }

    private static async Task AnswerInOrder(
        ChannelReader<Task<StreamSignalsResponse>> answers, IServerStreamWriter<StreamSignalsResponse> stream, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var answer in answers.ReadAllAsync(stop.Token))
            {
                await stream.WriteAsync(await answer, stop.Token);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
