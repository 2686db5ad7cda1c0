using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Fakes;

/// <summary>Answers and refusals as the server makes them.</summary>
internal static class Answers
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Does not answer; ends when the client gives up.</summary>
    public static Task Never(ServerCallContext context) => new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);

    public static PublishSignalsResponse Accept(PublishSignalsRequest request) => new()
    {
        Results = { request.Signals.Select(signal => new SignalResult { SignalId = signal.Id, Outcome = SignalOutcome.Accepted }) },
    };

    public static SignalResult Refused(string id, ErrorReason reason) =>
        new() { SignalId = id, Outcome = SignalOutcome.Refused, Status = new ItemStatus { Reason = reason } };

    public static RpcException Refusal(
        StatusCode code, string reason = "", string? field = null, string? rule = null, TimeSpan? retryDelay = null, Dictionary<string, string>? metadata = null)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = "refused" };
        if (reason.Length > 0)
        {
            status.Details.Add(Any.Pack(new ErrorInfo { Reason = reason, Domain = "customercontext", Metadata = { metadata ?? [] } }));
        }

        if (field is not null)
        {
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = rule } } }));
        }

        if (retryDelay is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = delay.ToDuration() }));
        }

        return new RpcException(new global::Grpc.Core.Status(code, "refused"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } });
    }

    public static WatchContextResponse Frame(string resumeToken, Context context, params Withheld[] withheld) =>
        new() { ResumeToken = resumeToken, Frame = new ContextFrame { Context = context, Withheld = { withheld }, Version = resumeToken } };

    public static WatchContextResponse Ended(WatchEndReason reason) => new() { Ended = new WatchEnded { Reason = reason } };

    public static Context Mood(double score) => new() { Sentiment = new Sentiment { Score = score } };

    public static Context Minds(string topic) => new() { TopOfMind = new TopOfMind { Topics = { new Topic { Name = topic, LastTime = Now.ToTimestamp() } } } };
}
