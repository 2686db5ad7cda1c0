using System.Runtime.InteropServices;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerContext.Silo.Api.Http;

/// <summary>
/// What every door over HTTP does around its own translation, as <see cref="CallDoor"/> and <see cref="CallInterceptor"/> do for gRPC: it knows who calls before it reads anything of
/// the body, gives the body a size and a time, counts the call, and answers every failure in one form.
/// </summary>
internal sealed partial class HttpDoor(Admission admission, SiloMetrics metrics, TimeProvider time, ILogger<HttpDoor> log)
{
    private const string Publish = "/customercontext.v1.SignalService/PublishSignals";

    /// <summary>Who may send signals, over HTTP as over gRPC.</summary>
    public static CallRule SignalRule { get; } = CallTable.Find(Publish)!;

    /// <summary>Serves a call that sends signals.</summary>
    /// <param name="http">The call.</param>
    /// <param name="name">What it is counted as.</param>
    /// <param name="mostBytes">Bytes that its body may have.</param>
    /// <param name="admit">Who calls, as the headers say.</param>
    /// <param name="serve">Takes the body and gives the HTTP status and the JSON of the answer.</param>
    public Task Serve(HttpContext http, string name, int mostBytes, Func<ValueTask<Caller>> admit, Func<AdmittedCall, JsonElement, Task<HttpAnswer>> serve) =>
        Guard(http, name, mostBytes, async () =>
        {
            var caller = await admit();
            using var place = admission.Enter(http, caller, SignalRule, mostBytes);
            using var body = await Body(http, mostBytes, Limits.Doors.SignalsBody, place);
            var answer = await serve(new AdmittedCall(caller, SignalRule, place, null), body.RootElement);
            metrics.CallEnded(name, StatusCode.OK);
            http.Response.StatusCode = answer.Status;
            await HttpErrors.Write(http.Response, answer.Json);
        });

    /// <summary>The body of a call that was let in, which has to be there in <paramref name="most"/>. While the call has its <paramref name="place"/>, the silo holds the body.</summary>
    /// <exception cref="RpcException">It is no JSON.</exception>
    /// <exception cref="BadHttpRequestException">It is larger than <paramref name="mostBytes"/>, or it broke off.</exception>
    public async Task<JsonDocument> Body(HttpContext http, int mostBytes, TimeSpan most, Place? place)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = mostBytes;
        using var timer = time.CreateTimer(_ => http.Abort(), null, most, Timeout.InfiniteTimeSpan);
        var body = (await JsonBody.Read(http.Request, http.RequestAborted)).OrThrow();
        place?.Holds(JsonMarshal.GetRawUtf8Value(body.RootElement).Length);
        return body;
    }

    /// <summary>Does <paramref name="serve"/>; what it throws is answered, counted as <paramref name="name"/>.</summary>
    public async Task Guard(HttpContext http, string name, int mostBytes, Func<Task> serve)
    {
        try
        {
            await serve();
        }
        catch (BadHttpRequestException error)
        {
            // The size is the only rule of a body that the server itself checks; everything else is a body that broke off.
            var rule = error.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"must be at most {mostBytes} bytes" : "must arrive whole";
            await Refuse(http, name, RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "body", rule)), error.StatusCode);
        }
        catch (Exception error)
        {
            await Refuse(http, name, Seen(name, error), null);
        }
    }

    /// <summary>What a caller sees for <paramref name="error"/>; what is ours to mend is logged, here and nowhere else.</summary>
    public RpcException Seen(string name, Exception error)
    {
        var seen = Faults.ToRpc(error);
        Log(name, error, seen.StatusCode);
        return seen;
    }

    private async Task Refuse(HttpContext http, string name, RpcException error, int? status)
    {
        metrics.CallEnded(name, error.StatusCode);
        if (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await HttpErrors.Answer(http.Response, error, status);
        }
    }

    private void Log(string name, Exception error, StatusCode seen)
    {
        if (seen == StatusCode.Internal)
        {
            LogFault(log, name, error);
        }
        else if (seen == StatusCode.Unavailable)
        {
            LogTrouble(log, name, error.GetType().Name);
        }
    }

    [LoggerMessage(102, LogLevel.Error, "{Door} failed")]
    private static partial void LogFault(ILogger logger, string door, Exception error);

    [LoggerMessage(103, LogLevel.Warning, "{Door} was answered 503 after {Fault}")]
    private static partial void LogTrouble(ILogger logger, string door, string fault);
}

/// <summary>What a door answers.</summary>
internal readonly record struct HttpAnswer(int Status, string Json);
