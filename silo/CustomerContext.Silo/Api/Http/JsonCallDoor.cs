using System.Runtime.InteropServices;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;

namespace CustomerContext.Silo.Api.Http;

/// <summary>
/// Stands before the methods of the contract that are called by JSON, as <see cref="CallDoor"/> does before gRPC: who calls is known before anything of the body is read. Then the body has to be the JSON
/// form of the method's request, with no other names: a misspelt field would otherwise be passed over, and more be answered than was asked for. The rest of the call is that of gRPC.
/// </summary>
internal sealed class JsonCallDoor(RequestDelegate next, HttpDoor door, Admission admission)
{
    private static readonly Refusal _noJson = new(RefusalReason.InvalidArgument, "content-type", "must be application/json");

    /// <summary>True for a call of a method by JSON.</summary>
    public static bool IsJson(HttpContext http) => MethodOf(http) is not null;

    /// <summary>Lets the call in or answers it.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (MethodOf(http) is not { } method)
        {
            return next(http);
        }

        var name = http.GetEndpoint()!.Metadata.GetRequiredMetadata<GrpcMethodMetadata>().Method.FullName;
        var rule = CallTable.Find(name)!;
        var most = rule.Lane == Lane.Signals ? Limits.Requests.MessageBytes : Limits.Doors.SmallMessageBytes;
        return door.Guard(http, name, most, () => Serve(http, method, rule, most));
    }

    private async Task Serve(HttpContext http, MethodDescriptor method, CallRule rule, int most)
    {
        var caller = await admission.Admit(http, rule);
        using var place = method.IsServerStreaming ? admission.EnterStream(caller) : admission.Enter(http, caller, rule, most);
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            if (!http.Request.HasJsonContentType())
            {
                await HttpErrors.Answer(http.Response, RpcErrors.From(_noJson), StatusCodes.Status415UnsupportedMediaType);
                return;
            }

            using var body = await door.Body(http, most, rule.Lane == Lane.Signals ? Limits.Doors.SignalsBody : Limits.Doors.SmallBody, place);
            ProtoJson.Read(body.RootElement, method.InputType, "body").OrThrow();
            http.Request.ContentType = "application/json";
            http.Request.Body = new MemoryStream(JsonMarshal.GetRawUtf8Value(body.RootElement).ToArray());
        }

        http.Features.Set(new AdmittedCall(caller, rule, place, null));
        await next(http);
    }

    private static MethodDescriptor? MethodOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>()?.MethodDescriptor;
}
