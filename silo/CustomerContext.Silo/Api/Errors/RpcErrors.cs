using System.Collections.Frozen;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace CustomerContext.Silo.Api.Errors;

/// <summary>
/// The one mapper from what went wrong to what a caller sees: a <c>google.rpc.Status</c> that holds one <c>ErrorInfo</c>, and <c>BadRequest</c> or <c>RetryInfo</c> where they help. Texts are fixed: nothing of a caller's or a customer's data is in them.
/// </summary>
internal static class RpcErrors
{
    private const string ErrorDomain = "customercontext";

    private static readonly Duration _retryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200));
    private static readonly Duration _keysDelay = Duration.FromTimeSpan(Limits.Access.KeyFetchEvery);

    /// <summary>Each refusal of the domain: its reason in the contract, which names the status code, and the text where the refusal states no rule.</summary>
    private static readonly FrozenDictionary<RefusalReason, (ErrorReason Reason, string Text)> _refusals =
        new Dictionary<RefusalReason, (ErrorReason, string)>
        {
            [RefusalReason.InvalidArgument] = (ErrorReason.InvalidArgument, "The request breaks a rule of its contract."),
            [RefusalReason.ConsentRequired] = (ErrorReason.ConsentRequired, "The customer has not granted this."),
            [RefusalReason.CallerNotAllowed] = (ErrorReason.CallerNotAllowed, "The caller may not do this."),
            [RefusalReason.TooLate] = (ErrorReason.TooLate, "The signal is older than what can still be told from a repeat."),
            [RefusalReason.LimitReached] = (ErrorReason.LimitReached, "A limit is reached."),
            [RefusalReason.RequestIdReused] = (ErrorReason.RequestIdReused, "The request id was used before with other content."),
            [RefusalReason.NotFound] = (ErrorReason.NotFound, "There is no such thing of this customer."),
            [RefusalReason.NotOfAge] = (ErrorReason.NotOfAge, "The customer has not said that they are of age."),
            [RefusalReason.Unavailable] = (ErrorReason.StoreUnavailable, "The store did not answer; try again."),
            [RefusalReason.CodeNotAccepted] = (ErrorReason.CodeNotAccepted, "The code is wrong, was used or is over, or it is another person's."),
            [RefusalReason.InteractionOver] = (ErrorReason.InteractionOver, "The interaction has ended, for good; begin one with a new id."),
            [RefusalReason.ResumeTokenTooOld] = (ErrorReason.ResumeTokenTooOld, "What followed the token is no longer there; begin anew."),
            [RefusalReason.VersionMismatch] = (ErrorReason.VersionMismatch, "What was to be changed has changed meanwhile; read it and decide again."),
            [RefusalReason.OwnWordNotCollected] = (ErrorReason.OwnWordNotCollected, "The customer does not let what they say themselves be kept."),
            [RefusalReason.NotImplemented] = (ErrorReason.NotImplemented, "A later version does this."),
        }.ToFrozenDictionary();

    /// <summary>The answer to an expected refusal.</summary>
    public static RpcException From(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.InvalidArgument => BadRequest(refusal),
        RefusalReason.Unavailable => Unavailable(),
        _ => Make(ReasonOf(refusal.Reason), refusal.Rule ?? _refusals[refusal.Reason].Text),
    };

    /// <summary>The contract's reason of a refusal.</summary>
    public static ErrorReason ReasonOf(RefusalReason reason) => _refusals[reason].Reason;

    /// <summary>The store did not answer, or nobody knows what it did.</summary>
    public static RpcException Unavailable() =>
        Make(ErrorReason.StoreUnavailable, _refusals[RefusalReason.Unavailable].Text, new RetryInfo { RetryDelay = _retryDelay });

    /// <summary>The caller has used up their rate; there is room again after <paramref name="wait"/>.</summary>
    public static RpcException RateLimited(TimeSpan wait) =>
        Make(ErrorReason.RateLimited, "Too much at once; try again later.", new RetryInfo { RetryDelay = Duration.FromTimeSpan(wait) });

    /// <summary>This silo has too much in hand; it is worth another try after <paramref name="wait"/>.</summary>
    public static RpcException Overloaded(TimeSpan wait) =>
        Make(ErrorReason.Overloaded, "The server has too much to do; try again later.", new RetryInfo { RetryDelay = Duration.FromTimeSpan(wait) });

    /// <summary>What a later version does.</summary>
    public static RpcException NotImplemented(string what) => Make(ErrorReason.NotImplemented, $"{what} comes with a later version.");

    /// <summary>The caller may not do this, whatever the customer says.</summary>
    public static RpcException NotAllowed(string why) => Make(ErrorReason.CallerNotAllowed, why);

    /// <summary>The token is missing or not good.</summary>
    public static RpcException Unauthenticated(TokenFault fault) => fault switch
    {
        TokenFault.KeysUnknown => Make(ErrorReason.ServerUnavailable, "The issuer's keys cannot be had now; try again.", new RetryInfo { RetryDelay = _keysDelay }),
        TokenFault.Missing => Make(ErrorReason.TokenMissing, "Send an access token: authorization: Bearer TOKEN."),
        TokenFault.Expired => Make(ErrorReason.TokenExpired, "The access token has expired or is not valid yet."),
        _ => Make(ErrorReason.TokenInvalid, "The access token is not valid here."),
    };

    /// <summary>The write key is missing or nobody's.</summary>
    public static RpcException NoWriteKey() => Make(ErrorReason.TokenInvalid, "Send a write key: authorization: Basic, the base64 of the key and a colon.");

    /// <summary>A fault of ours; what it was is in the log.</summary>
    public static RpcException Internal() => Make(ErrorReason.Internal, "The service failed; it was logged.");

    private static RpcException BadRequest(Refusal refusal) => Make(
        ErrorReason.InvalidArgument,
        $"{refusal.Field} {refusal.Rule}",
        new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = refusal.Field ?? "", Description = refusal.Rule ?? "" } } });

    private static RpcException Make(ErrorReason reason, string text, IMessage? more = null)
    {
        var status = new Status
        {
            Code = (int)ErrorReasons.CodeOf(reason),
            Message = text,
            Details = { Any.Pack(new ErrorInfo { Domain = ErrorDomain, Reason = ErrorReasons.NameOf(reason) }) },
        };
        if (more is not null)
        {
            status.Details.Add(Any.Pack(more));
        }

        return status.ToRpcException();
    }
}
