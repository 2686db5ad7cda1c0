using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Http;
using CustomerContext.Silo.Hosting;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>
/// Stands before gRPC reads anything of a call but its headers: who calls, whether they may, and whether there is room (<see cref="CallTable"/>, <see cref="Admission"/>). So whoever has no good token, or comes when
/// there is too much in hand, cannot make the silo hold a message. Then each message has to arrive in time.
/// </summary>
internal sealed class CallDoor(RequestDelegate next, Admission admission, SiloMetrics metrics, TimeProvider time)
{
    /// <summary>Lets the call in or answers it.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        // The name as the contract has it: a path is found whatever case its letters have. The same method by JSON has a door of its own.
        if (JsonCallDoor.IsJson(http) || http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method is not { } method || CallTable.Find(method.FullName) is not { } rule)
        {
            await next(http);
            return;
        }

        var isOne = method.Type is MethodType.Unary or MethodType.ServerStreaming;
        Caller caller;
        Place? place;
        try
        {
            caller = await admission.Admit(http, rule);
            place = method.Type == MethodType.Unary ? admission.Enter(http, caller, rule, BytesOf(rule)) : admission.EnterStream(caller);
        }
        catch (RpcException refused)
        {
            metrics.CallEnded(method.FullName, refused.StatusCode);
            Answer(http.Response, refused);
            await http.Response.CompleteAsync();
            await Drain(http);
            return;
        }

        using var inHand = place;
        using var body = isOne ? BodyTimer(http, rule) : null;
        using var stream = isOne ? null : new TimedBody(http.Request.BodyReader, MostOf(rule), (bytes, left) => admission.EnterMessage(caller, bytes, left), http.Abort, time);
        if (stream is not null)
        {
            http.Features.Set<IRequestBodyPipeFeature>(stream);
        }

        http.Features.Set(new AdmittedCall(caller, rule, place, body) { Stream = stream });
        await next(http);
    }

    /// <summary>
    /// Reads the message of a refused call and throws it away, if it is small and comes soon. Kestrel keeps a call whose message it has not read for 5 seconds. When a connection has more than 200 of
    /// those, Kestrel ends other calls on it, and after some more of them the whole connection, which a company's proxy may share among many callers.
    /// </summary>
    private async Task Drain(HttpContext http)
    {
        // Over HTTP/1.1 Kestrel reads on afterwards, and logs an error if a read was broken off by a token, or what was read last is not given back. A read of a body whose sender has
        // left cannot be broken off: that throws, so it is done here, where it is caught, and not by a timer, where it would end the process.
        var body = http.Request.BodyReader;
        using var isDone = new CancellationTokenSource();
        var tooLong = Task.Delay(Limits.Doors.RefusedBody, time, isDone.Token);
        try
        {
            var isOver = false;
            for (var bytes = 0L; !isOver && bytes < Limits.Doors.SmallMessageBytes;)
            {
                var reading = body.ReadAsync().AsTask();
                if (await Task.WhenAny(reading, tooLong) == tooLong)
                {
                    body.CancelPendingRead();
                }

                var read = await reading;
                (bytes, isOver) = (bytes + read.Buffer.Length, read.IsCompleted || read.IsCanceled);
                body.AdvanceTo(read.Buffer.End);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or RpcException)
        {
            // They have left, or their message is broken or too slow.
        }
        finally
        {
            await isDone.CancelAsync();
        }
    }

    /// <summary>Ends the call if it is not stopped in time.</summary>
    private ITimer BodyTimer(HttpContext http, CallRule rule) => time.CreateTimer(_ => Abort(http), null, MostOf(rule), Timeout.InfiniteTimeSpan);

    private static void Abort(HttpContext http)
    {
        try
        {
            http.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    private static int BytesOf(CallRule rule) => rule.Lane == Lane.Signals ? Limits.Requests.MessageBytes : Limits.Doors.SmallMessageBytes;

    private static TimeSpan MostOf(CallRule rule) => rule.Lane == Lane.Signals ? Limits.Doors.SignalsBody : Limits.Doors.SmallBody;

    /// <summary>A gRPC answer without any message: all of it is in the headers.</summary>
    private static void Answer(HttpResponse response, RpcException refused)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)refused.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);

        // The texts are ours: ASCII without '%', so nothing in them has to be encoded.
        response.Headers["grpc-message"] = refused.Status.Detail;
        foreach (var trailer in refused.Trailers)
        {
            response.Headers[trailer.Key] = trailer.IsBinary ? Convert.ToBase64String(trailer.ValueBytes) : trailer.Value;
        }
    }
}

/// <summary>A call that was let in.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="Rule">The rule they came in by.</param>
/// <param name="Place">Its place among those in hand; absent if it needs none.</param>
/// <param name="Body">Runs until the message is there; absent for a stream of messages.</param>
internal sealed record AdmittedCall(Caller Caller, CallRule Rule, Place? Place, ITimer? Body)
{
    /// <summary>Where the messages of a stream of them come from; absent for one message.</summary>
    public TimedBody? Stream { get; init; }
}
